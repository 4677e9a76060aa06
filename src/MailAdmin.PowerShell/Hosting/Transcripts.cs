using MailAdmin.Net;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Where the transcript of a command goes: to verbose messages, to a file, to both or nowhere.</summary>
internal sealed class Transcripts : IDisposable
{
    private readonly TextTranscript? _file;

    private Transcripts(VerboseTranscript? verbose, TextTranscript? file)
    {
        _file = file;
        Target = verbose is not null && file is not null ? new Pair(verbose, file) : verbose ?? (ITranscript?)file;
    }

    /// <summary>What a connection is to write to; null when nobody wants it.</summary>
    public ITranscript? Target { get; }

    /// <summary>Opens what the user asks for.</summary>
    /// <param name="cmdlet">Whose verbose stream it is.</param>
    /// <param name="path">The file as it was typed, or null.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static Transcripts Open(AsyncPSCmdlet cmdlet, string? path) =>
        new(
            cmdlet.IsVerbose ? new VerboseTranscript(cmdlet) : null,
            path is null ? null : OpenFile(FilePaths.Full(cmdlet.SessionState, path)));

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static TextTranscript OpenFile(string path)
    {
        try
        {
            return TextTranscript.AppendTo(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                "TranscriptNotWritable",
                $"The transcript cannot be written: {cause.Message}",
                "Check -TranscriptPath, and the permissions of the file and its folder.",
                MailErrorKind.NotFound,
                cause);
        }
    }

    private sealed class Pair(ITranscript first, ITranscript second) : ITranscript
    {
        public void Sent(ReadOnlySpan<byte> line)
        {
            first.Sent(line);
            second.Sent(line);
        }

        public void Received(ReadOnlySpan<byte> line)
        {
            first.Received(line);
            second.Received(line);
        }

        public void Note(string text)
        {
            first.Note(text);
            second.Note(text);
        }
    }
}
