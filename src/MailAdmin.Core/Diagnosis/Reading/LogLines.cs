using System.Text;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>Cuts text into lines however it comes, and never keeps more of a line than is of interest.</summary>
internal sealed class LogLines
{
    public const int MaxLength = 16_384;

    private readonly StringBuilder _line = new();

    /// <summary>The lines that end in this piece, without their ends.</summary>
    public IEnumerable<string> Feed(ReadOnlyMemory<char> piece)
    {
        var rest = piece;
        int end;
        while ((end = rest.Span.IndexOf('\n')) >= 0)
        {
            Keep(rest.Span[..end]);
            rest = rest[(end + 1)..];
            yield return End();
        }

        Keep(rest.Span);
    }

    /// <summary>The last line when it has no end; null when there is none.</summary>
    public string? Complete() => _line.Length > 0 ? End() : null;

    private void Keep(ReadOnlySpan<char> part) => _line.Append(part[..Math.Min(part.Length, MaxLength - _line.Length)]);

    private string End()
    {
        var line = _line.ToString();
        _line.Clear();
        return line.EndsWith('\r') ? line[..^1] : line;
    }
}
