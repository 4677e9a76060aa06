using MailAdmin.Net;

namespace MailAdmin.Cli.Demonstration;

/// <summary>Shows the session while it happens.</summary>
internal sealed class DemoTranscript(DemoPage page) : ITranscript
{
    public void Sent(ReadOnlySpan<byte> line) => page.Said('C', TextTranscript.Printable(line));

    public void Received(ReadOnlySpan<byte> line) => page.Said('S', TextTranscript.Printable(line));

    public void Note(string text) => page.Said('*', text);
}
