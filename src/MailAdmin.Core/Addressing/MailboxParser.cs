using System.Text;

namespace MailAdmin.Addressing;

/// <summary>
/// Reads lists of mailboxes as headers hold them and as people type them (RFC 5322 §3.4, §4.4):
/// <code>
/// list    = element *(("," / ";") element)       ; ";" as Outlook's users type it; empty elements are skipped
/// element = [name] "&lt;" [route ":"] addr-spec "&gt;" / addr-spec / group
/// group   = name ":" [list] ";"                  ; its members are taken, its name is not
/// </code>
/// Comments may stand anywhere; one behind an address without a name is its name. A source route (RFC 5321 appendix C)
/// is dropped. Takes time proportional to the text.
/// </summary>
internal ref struct MailboxParser
{
    private const string AtomEnds = " \t(\"<>,;:@\u00A0\uFEFF";

    /// <summary>Twice what RFC 2047 allows.</summary>
    private const int MaxEncodedWord = 150;

    private readonly ReadOnlySpan<char> _text;
    private readonly List<Mailbox> _mailboxes = [];

    /// <summary>The tokens so far as a name: quoted strings without their quotes, comments left out.</summary>
    private readonly StringBuilder _name = new();

    /// <summary>The same tokens as an address: quotes kept, no white space around dots and the @.</summary>
    private readonly StringBuilder _address = new();

    private int _at;
    private bool _inGroup;
    private string? _comment;

    private MailboxParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads all mailboxes of an unfolded text, which may be none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mailboxes">The mailboxes, in their order; on failure those before the fault.</param>
    /// <param name="faulty">On failure, the element that cannot be read.</param>
    /// <param name="reason">On failure, what is wrong with it, as the end of a sentence; else empty.</param>
    public static bool TryParseList(
        string text, out IReadOnlyList<Mailbox> mailboxes, out string faulty, out string reason)
    {
        var parser = new MailboxParser(text);
        mailboxes = parser._mailboxes;
        faulty = text;
        reason = text.AsSpan().ContainsAny('\r', '\n', '\0') ? "it contains a line break or a NUL character" : "";
        while (reason.Length == 0 && parser._at < text.Length)
        {
            var start = parser._at;
            reason = parser.ReadElement();
            faulty = text[start..Math.Min(parser._at, text.Length)].Trim(' ', '\t', ',', ';');
        }

        return reason.Length == 0;
    }

    /// <summary>Reads up to and with the next separator; returns what is wrong, or the empty text.</summary>
    private string ReadElement()
    {
        _name.Clear();
        _address.Clear();
        _comment = null;
        var fault = ReadTokens();
        if (fault.Length != 0)
        {
            return fault;
        }

        switch (_at < _text.Length ? _text[_at] : ',')
        {
            case '<':
                return ReadAngle();
            case ':' when !_inGroup && _address.Length > 0:
                _at++;
                _inGroup = true;
                return "";
            case ',' or ';':
                EndElement();
                return _address.Length == 0 ? "" : Add(_comment);
            default:
                return $"a '{_text[_at]}' stands where none can be";
        }
    }

    private string ReadAngle()
    {
        _at++;
        var name = EncodedWordDecoder.Decode(_name.ToString());
        _address.Clear();
        var fault = SkipRoute();
        fault = fault.Length == 0 ? ReadTokens() : fault;
        if (fault.Length != 0)
        {
            return fault;
        }

        if (_at == _text.Length || _text[_at] != '>')
        {
            return "the < has no >";
        }

        _at++;
        var tokens = _address.Length;
        fault = ReadTokens();
        if (fault.Length != 0 || _address.Length > tokens || (_at < _text.Length && _text[_at] is not (',' or ';')))
        {
            return fault.Length != 0 ? fault : "something stands between the > and the next separator";
        }

        EndElement();
        return Add(name);
    }

    /// <summary><c>@a.example,@b.example:</c> before the address itself.</summary>
    private string SkipRoute()
    {
        SkipWhite();
        if (_at == _text.Length || _text[_at] != '@')
        {
            return "";
        }

        var end = _text[_at..].IndexOfAny('>', ':');
        if (end < 0 || _text[_at + end] != ':')
        {
            return "nothing stands before the @";
        }

        _at += end + 1;
        return "";
    }

    private void EndElement()
    {
        if (_at < _text.Length)
        {
            _inGroup &= _text[_at] != ';';
            _at++;
        }
    }

    private readonly string Add(string? name)
    {
        if (!EmailAddress.TryParse(_address.ToString(), out var address, out var reason))
        {
            var hint = reason == "it has no @" ? "; a name with a comma in it must stand in double quotes" : "";
            return _address.Length == 0 ? "nothing stands between < and >" : reason + hint;
        }

        name = name?.Trim();
        _mailboxes.Add(new Mailbox(string.IsNullOrEmpty(name) ? null : name, address));
        return "";
    }

    /// <summary>
    /// Reads words, quoted strings, comments, @ and domain literals up to a character that ends them.
    /// </summary>
    private string ReadTokens()
    {
        while (true)
        {
            var white = SkipWhite();
            if (_at == _text.Length || _text[_at] is ',' or ';' or ':' or '<' or '>')
            {
                return "";
            }

            var start = _at;
            switch (_text[_at])
            {
                case '(':
                    if (!TryReadComment())
                    {
                        return "a comment has no )";
                    }

                    continue;
                case '"':
                    if (!TrySkipQuoted())
                    {
                        return "a quote is not closed";
                    }

                    break;
                case '[' when _address is [.., '@']:
                    var length = _text[_at..].IndexOf(']');
                    _at = length < 0 ? _text.Length : _at + length + 1;
                    break;
                case '@':
                    _at++;
                    break;
                default:
                    _at += AtomLength(_text[_at..]);
                    break;
            }

            AppendToken(_text[start.._at], white);
        }
    }

    private static int AtomLength(ReadOnlySpan<char> text)
    {
        // Some senders leave commas and colons as they are in an encoded word; it is one atom all the same.
        if (text.StartsWith("=?", StringComparison.Ordinal))
        {
            var word = text[2..Math.Min(text.Length, MaxEncodedWord)].IndexOf("?=", StringComparison.Ordinal);
            if (word > 0)
            {
                return word + 4;
            }
        }

        var end = text.IndexOfAny(AtomEnds);
        return end < 0 ? text.Length : end;
    }

    private readonly void AppendToken(ReadOnlySpan<char> token, bool white)
    {
        if (white && _name.Length > 0)
        {
            _name.Append(' ');
        }

        if (token[0] == '"')
        {
            AppendUnquoted(token[1..^1]);
        }
        else
        {
            _name.Append(token);
        }

        if (white && _address is [.., not ('.' or '@')] && token[0] is not ('.' or '@'))
        {
            _address.Append(' ');
        }

        _address.Append(token);
    }

    private readonly void AppendUnquoted(ReadOnlySpan<char> inner)
    {
        for (var i = 0; i < inner.Length; i++)
        {
            i += inner[i] == '\\' && i + 1 < inner.Length ? 1 : 0;
            _name.Append(inner[i]);
        }
    }

    private bool SkipWhite()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF'))
        {
            _at++;
        }

        // A comment before this place parts words just as white space does.
        return _at > start || (_at > 0 && _text[_at - 1] == ')');
    }

    private bool TrySkipQuoted()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                return true;
            }

            _at += _text[_at] == '\\' ? 1 : 0;
        }

        _at = _text.Length;
        return false;
    }

    private bool TryReadComment()
    {
        var start = _at + 1;
        var depth = 0;
        for (; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case '\\':
                    _at++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    var inner = _text[start.._at].ToString().Replace("\\", "", StringComparison.Ordinal);
                    _comment = EncodedWordDecoder.Decode(inner);
                    _at++;
                    return true;
            }
        }

        _at = _text.Length;
        return false;
    }
}
