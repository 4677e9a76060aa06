using System.Buffers;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// Splits a header section into its fields (RFC 5322 §2.2, §2.2.3), without any I/O and however the octets come:
/// <code>
/// section = *( name ":" line *( WSP line ) ) ( empty-line / end )
/// </code>
/// A line ends in CRLF, in LF or in CR. A first line that begins with <c>From </c>, which mbox files have, is passed
/// over. A line that is no header ends the section; <see cref="MalformedLine"/> says which.
/// </summary>
/// <param name="maxOctets">The most octets a header section may have.</param>
internal sealed class HeaderParser(int maxOctets = HeaderParser.DefaultMaxOctets)
{
    public const int DefaultMaxOctets = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _section = new(1024);
    private readonly List<HeaderField> _fields = [];
    private int _lineStart;
    private bool _afterCr;
    private int _fieldStart = -1;
    private int _fieldLine;
    private int _nameLength;
    private bool _sawEmptyLine;

    /// <summary>The fields, in their order; all of them once the section is complete.</summary>
    public IReadOnlyList<HeaderField> Fields => _fields;

    /// <summary>True behind the empty line, a malformed line or <see cref="Complete"/>.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The number of the line being read, from 1; in the end that of the first line of the body.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The octets before the body: the fields and the empty line, if there is one.</summary>
    public int Length { get; private set; }

    /// <summary>The octets of a first line that begins with <c>From </c>, or 0.</summary>
    public int MboxLineLength { get; private set; }

    /// <summary>The number of a line that is no header field, or 0.</summary>
    public int MalformedLine { get; private set; }

    /// <summary>
    /// Takes octets up to the end of the section; returns how many. Those behind it belong to the body.
    /// </summary>
    /// <exception cref="MessageException">The section is larger than allowed.</exception>
    public int Feed(ReadOnlySpan<byte> octets)
    {
        var rest = octets;
        while (!rest.IsEmpty && !IsComplete)
        {
            if (_afterCr)
            {
                _afterCr = false;
                rest = rest[(rest[0] == '\n' ? Take(rest[..1]) : 0)..];
                EndLine();
                continue;
            }

            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var taken = Take(end < 0 ? rest : rest[..(end + 1)]);
            rest = rest[taken..];
            if (end >= 0)
            {
                _afterCr = _section.WrittenSpan[^1] == '\r';
                if (!_afterCr)
                {
                    EndLine();
                }
            }
        }

        return octets.Length - rest.Length;
    }

    /// <summary>Says that no more octets come; a section without an empty line ends here.</summary>
    public void Complete()
    {
        if (!IsComplete && _lineStart < _section.WrittenCount)
        {
            _afterCr = false;
            EndLine();
        }

        Finish(_section.WrittenCount);
    }

    private int Take(ReadOnlySpan<byte> octets)
    {
        if (_section.WrittenCount + octets.Length > maxOctets)
        {
            throw new MessageException(
                "MessageHeaderTooLarge",
                MailErrorKind.Limit,
                $"The header of the message is larger than {maxOctets} octets.",
                "Check that the file is an e-mail message.");
        }

        _section.Write(octets);
        return octets.Length;
    }

    private void EndLine()
    {
        var line = _section.WrittenSpan[_lineStart..];
        var text = line.TrimEnd("\r\n"u8);
        if (text.IsEmpty)
        {
            _sawEmptyLine = true;
            Line++;
            Finish(_section.WrittenCount);
            return;
        }

        if (text[0] is (byte)' ' or (byte)'\t' && _fieldStart >= 0)
        {
            NextLine();
            return;
        }

        var nameLength = NameLength(text);
        if (nameLength > 0)
        {
            EndField(_lineStart);
            _fieldStart = _lineStart;
            _fieldLine = Line;
            _nameLength = nameLength;
        }
        else if (Line == 1 && text.StartsWith("From "u8))
        {
            MboxLineLength = line.Length;
        }
        else
        {
            MalformedLine = Line;
            Finish(_lineStart);
            return;
        }

        NextLine();
    }

    private void NextLine()
    {
        _lineStart = _section.WrittenCount;
        Line++;
    }

    /// <summary>
    /// The length of the name before the colon, or 0. White space may stand before the colon (RFC 5322 §4.5).
    /// </summary>
    private static int NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? default : line[..colon].TrimEnd(" \t"u8);
        return name.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? 0 : name.Length;
    }

    private void EndField(int end)
    {
        if (_fieldStart >= 0)
        {
            _fields.Add(
                new HeaderField(_section.WrittenMemory[_fieldStart..end], _nameLength, _fieldStart, _fieldLine));
            _fieldStart = -1;
        }
    }

    private void Finish(int end)
    {
        if (!IsComplete)
        {
            EndField(_sawEmptyLine ? _lineStart : end);
            Length = end;
            IsComplete = true;
        }
    }
}
