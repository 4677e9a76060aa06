using System.CommandLine;
using MailAdmin.Cli.Output;
using MailAdmin.Net;

namespace MailAdmin.Cli.Sending;

/// <summary>Where the session with the server is recorded, secrets masked.</summary>
internal sealed class TranscriptOption() : Option<string?>("--transcript")
{
    /// <summary>Null when nothing is recorded; <c>-</c> is standard error, so that results stay apart.</summary>
    public TextTranscript? Open(ParseResult parsed, CliHost host)
    {
        if (parsed.GetValue(this) is not { } path)
        {
            return null;
        }

        try
        {
            return path == "-"
                ? new TextTranscript(new UnownedWriter(host.Error), time: host.Time)
                : TextTranscript.AppendTo(path, time: host.Time);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CliException.Uncreatable(path, "transcript", cause);
        }
    }
}
