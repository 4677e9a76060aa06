using MailAdmin.Net;

namespace MailAdmin.Tests.Server;

internal sealed class ListTranscript : ITranscript
{
    public List<string> Lines { get; } = [];

    public void Sent(ReadOnlySpan<byte> line) => Lines.Add("S: " + TextTranscript.Printable(line));

    public void Received(ReadOnlySpan<byte> line) => Lines.Add("C: " + TextTranscript.Printable(line));

    public void Note(string text) => Lines.Add("*: " + text);
}
