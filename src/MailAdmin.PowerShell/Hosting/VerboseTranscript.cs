using MailAdmin.Net;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Shows the transcript of a connection, secrets masked, as verbose messages.</summary>
internal sealed class VerboseTranscript(AsyncPSCmdlet cmdlet) : ITranscript
{
    /// <inheritdoc/>
    public void Sent(ReadOnlySpan<byte> line) => Write("C: " + TextTranscript.Printable(line));

    /// <inheritdoc/>
    public void Received(ReadOnlySpan<byte> line) => Write("S: " + TextTranscript.Printable(line));

    /// <inheritdoc/>
    public void Note(string text) => Write("*: " + text);

    private void Write(string line) => cmdlet.Post(() => cmdlet.WriteVerbose(line));
}
