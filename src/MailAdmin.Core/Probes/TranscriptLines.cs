using MailAdmin.Net;

namespace MailAdmin.Probes;

/// <summary>Keeps a conversation for a result, and hands it on.</summary>
/// <param name="next">Who else wants it; null for nobody.</param>
internal sealed class TranscriptLines(ITranscript? next) : ITranscript
{
    // A peer decides how much it says.
    private const int MaxLines = 2000;

    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return _lines.ToArray();
            }
        }
    }

    public void Sent(ReadOnlySpan<byte> line)
    {
        Add("C: " + TextTranscript.Printable(line));
        next?.Sent(line);
    }

    public void Received(ReadOnlySpan<byte> line)
    {
        Add("S: " + TextTranscript.Printable(line));
        next?.Received(line);
    }

    public void Note(string text)
    {
        Add("*: " + text);
        next?.Note(text);
    }

    private void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count < MaxLines)
            {
                _lines.Add(line);
            }
        }
    }
}
