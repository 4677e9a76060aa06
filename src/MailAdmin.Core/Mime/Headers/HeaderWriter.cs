using System.Buffers;
using System.Globalization;
using System.Text;
using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// Writes header fields, folded at 78 octets where there is a place to fold (RFC 5322 §2.1.1, §2.2.3).
/// <code>field = name ":" 1*( [CRLF] SP token ) CRLF</code>
/// </summary>
internal struct HeaderWriter(WireBuffer buffer, bool utf8)
{
    public const int MaxLine = 78;

    private int _lineStart;
    private bool _atFirstToken;

    /// <summary>True when UTF-8 may stand in headers as it is (RFC 6532).</summary>
    public readonly bool Utf8 => utf8;

    public readonly WireBuffer Buffer => buffer;

    public readonly int Column => buffer.Length - _lineStart;

    /// <summary>Begins a field. The first token stays on the name's line, as some readers want it there.</summary>
    public void Begin(ReadOnlySpan<byte> nameWithColon)
    {
        _lineStart = buffer.Length;
        _atFirstToken = true;
        buffer.Append(nameWithColon);
    }

    public void Begin(string name)
    {
        _lineStart = buffer.Length;
        _atFirstToken = true;
        buffer.Append(name);
        buffer.Append((byte)':');
    }

    public void End() => buffer.AppendLine();

    /// <summary>Writes a space, folding before it when <paramref name="octets"/> more do not fit on the line.</summary>
    public void Space(int octets) => Space(" ", octets);

    /// <summary>
    /// Writes white space of spaces and tabs, folding before it when <paramref name="octets"/> more do not fit.
    /// </summary>
    public void Space(ReadOnlySpan<char> white, int octets)
    {
        if (!_atFirstToken && Column + white.Length + octets > MaxLine)
        {
            Fold();
        }

        _atFirstToken = false;
        buffer.Append(white);
    }

    /// <summary>Ends the line; white space must follow.</summary>
    public void Fold()
    {
        buffer.AppendLine();
        _lineStart = buffer.Length;
    }

    /// <summary>A space and a token of ASCII octets.</summary>
    public void Token(ReadOnlySpan<byte> token)
    {
        Space(token.Length);
        buffer.Append(token);
    }

    /// <summary>A space and a token, which is ASCII or may be UTF-8 here.</summary>
    public void Token(ReadOnlySpan<char> token, int reserve = 0)
    {
        Space(Encoding.UTF8.GetByteCount(token) + reserve);
        buffer.Append(token);
    }

    /// <summary>The date of RFC 5322 §3.3, such as <c>Mon, 02 Feb 2026 10:11:12 +0900</c>.</summary>
    public void Date(DateTimeOffset date)
    {
        Space(0);
        var room = buffer.Reserve(40);
        date.TryFormat(room, out var written, "ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture);
        var minutes = (int)date.Offset.TotalMinutes;
        room[written++] = minutes < 0 ? (byte)'-' : (byte)'+';
        var (hours, rest) = Math.DivRem(Math.Abs(minutes), 60);
        (hours * 100 + rest).TryFormat(room[written..], out var digits, "0000", CultureInfo.InvariantCulture);
        buffer.Advance(written + digits);
    }
}
