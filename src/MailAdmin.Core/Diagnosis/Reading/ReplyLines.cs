using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Puts replies together from lines of pasted text (RFC 5321 §4.2.1). Lines that begin with no code belong to what is
/// before them, as mail programs and terminals wrap.
/// </summary>
internal sealed class ReplyLines
{
    private readonly List<string> _replies = [];
    private string _current = "";
    private int? _code;
    private bool _continues;

    /// <summary>The text of a further line: each repeats the code of RFC 3463, in the middle of a sentence.</summary>
    public static string WithoutEnhanced(string text)
    {
        text = text.TrimStart();
        var end = text.IndexOf(' ');
        var word = end < 0 ? text : text[..end];
        return EnhancedStatusCode.TryReadPrefix(word, out _) ? text[word.Length..].TrimStart() : text;
    }

    public void Add(string line)
    {
        var code = StatusScanner.LineCode(line, out var continues);
        if (code is null)
        {
            _current = _current.Length == 0 ? line : $"{_current} {line}";
            return;
        }

        if (_continues && code == _code)
        {
            _current = $"{_current} {WithoutEnhanced(line.Length > 4 ? line[4..] : "")}";
        }
        else
        {
            End();
            _current = line;
        }

        (_code, _continues) = (code, continues);
    }

    /// <summary>All replies, and what stood before the first.</summary>
    public IReadOnlyList<string> Complete()
    {
        End();
        return _replies;
    }

    private void End()
    {
        if (_current.Length > 0)
        {
            _replies.Add(_current);
        }

        _current = "";
        _continues = false;
    }
}
