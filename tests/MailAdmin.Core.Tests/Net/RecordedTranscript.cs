using System.Collections.Concurrent;
using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

internal sealed class RecordedTranscript : ITranscript
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public string All => string.Join('\n', _lines);

    public void Sent(ReadOnlySpan<byte> line) => _lines.Enqueue("> " + Encoding.Latin1.GetString(line));

    public void Received(ReadOnlySpan<byte> line) => _lines.Enqueue("< " + Encoding.Latin1.GetString(line));

    public void Note(string text) => _lines.Enqueue("* " + text);
}
