using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MailAdmin.Addressing;

/// <summary>Walks through an address list, one mailbox at a time.</summary>
internal sealed class MailboxListReader
{
    private readonly string _text;
    private readonly StringBuilder _raw = new();
    private readonly StringBuilder _name = new();
    private readonly StringBuilder _comment = new();
    private string? _angle;
    private int _position;

    public MailboxListReader(string text)
    {
        _text = text.AsSpan().ContainsAny('\r', '\n', '\0')
            ? throw new AddressFormatException(text, "it contains a line break or a NUL character")
            : text;
    }

    public bool TryRead([NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        while (mailbox is null && _position < _text.Length)
        {
            ReadItem();
            mailbox = ToMailbox();
        }

        return mailbox is not null;
    }

    private void ReadItem()
    {
        _raw.Clear();
        _name.Clear();
        _comment.Clear();
        _angle = null;
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            switch (c)
            {
                case ',' or ';':
                    return;
                case ':' when _angle is null:
                    // What stood here was the name of a group; its members follow.
                    _raw.Clear();
                    _name.Clear();
                    break;
                case '"':
                    ReadQuoted(_raw.Append(c), _name);
                    break;
                case '(':
                    ReadComment();
                    break;
                case '<' when _angle is null:
                    _angle = ReadUntil('>').Trim();
                    _raw.Clear();
                    break;
                case '[':
                    _raw.Append(c).Append(ReadUntil(']')).Append(']');
                    break;
                default:
                    _raw.Append(c);
                    _name.Append(c);
                    break;
            }
        }
    }

    private Mailbox? ToMailbox()
    {
        var raw = _raw.ToString().Trim();
        if (_angle is null)
        {
            return raw.Length == 0 ? null : new Mailbox(NullIfEmpty(_comment.ToString()), EmailAddress.Parse(raw));
        }

        // Behind the angle brackets only a comment may stand.
        return raw.Length == 0
            ? new Mailbox(NullIfEmpty(_name.ToString()), EmailAddress.Parse(WithoutRoute(_angle)))
            : throw new AddressFormatException($"<{_angle}>{raw}", "something stands behind the closing bracket");
    }

    // RFC 5322 §4.4: <@relay.example,@other.example:user@example.com>; the route is to be ignored.
    private static string WithoutRoute(string angle) =>
        angle is ['@', ..] && angle.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? angle[(colon + 1)..] : angle;

    private static string? NullIfEmpty(string name) =>
        name.Trim() is { Length: > 0 } trimmed
            ? string.Join(' ', trimmed.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            : null;

    private void ReadQuoted(StringBuilder raw, StringBuilder plain)
    {
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            raw.Append(c);
            switch (c)
            {
                case '"':
                    return;
                case '\\' when _position < _text.Length:
                    raw.Append(_text[_position]);
                    plain.Append(_text[_position++]);
                    break;
                default:
                    plain.Append(c);
                    break;
            }
        }

        throw new AddressFormatException(_text, "a quotation mark is missing");
    }

    private void ReadComment()
    {
        for (var depth = 1; _position < _text.Length;)
        {
            var c = _text[_position++];
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return;
            }

            _comment.Append(c == '\\' && _position < _text.Length ? _text[_position++] : c);
        }

        throw new AddressFormatException(_text, "a closing parenthesis is missing");
    }

    private string ReadUntil(char end)
    {
        var content = new StringBuilder();
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            if (c == end)
            {
                return content.ToString();
            }

            content.Append(c);
            if (c == '"')
            {
                ReadQuoted(content, new StringBuilder());
            }
        }

        throw new AddressFormatException(_text, $"a closing '{end}' is missing");
    }
}
