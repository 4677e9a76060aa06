using MailAdmin.Diagnosis;

namespace MailAdmin.PowerShell.Explaining;

/// <summary>
/// Single lines that come one after the other. They may be the lines of one text, of a log without end, or codes and
/// replies that have nothing to do with each other.
/// </summary>
internal sealed class PipedLines(ErrorCatalog catalog, string culture)
{
    // A reply or a report is shorter; more is a log, which is explained while it comes, as is what has a log's form.
    private const int MaxText = 64 * 1024;

    private readonly List<(string Text, IReadOnlyList<SmtpDiagnosis> Found)> _lines = [];
    private LogExplanation? _log;
    private int _length;

    /// <summary>True when no line came since the last end.</summary>
    public bool IsEmpty => _lines.Count == 0 && _log is null;

    /// <summary>Takes a line, and explains what is certain by now.</summary>
    public IEnumerable<SmtpDiagnosis> Add(string line)
    {
        if (_log is not null)
        {
            return Explain([line]);
        }

        var found = catalog.Explain(line, culture);
        _lines.Add((line, found));
        _length += line.Length;
        if (_length < MaxText && !found.Any(IsFromLog))
        {
            return [];
        }

        _log = catalog.ExplainLines(culture);
        var held = _lines.ConvertAll(l => l.Text);
        _lines.Clear();
        return Explain(held);
    }

    /// <summary>Explains what is left.</summary>
    /// <returns>
    /// Each piece that belongs together, with its causes; none for a log, which was explained while it came.
    /// </returns>
    public IReadOnlyList<(string Text, IReadOnlyList<SmtpDiagnosis> Found)> End()
    {
        var lines = _lines.ToList();
        var wasLog = _log is not null;
        (_log, _length) = (null, 0);
        _lines.Clear();
        if (wasLog || (lines.TrueForAll(l => l.Found.Count > 0) && !lines.Exists(l => IsContinued(l.Text))))
        {
            return lines;
        }

        var text = string.Join('\n', lines.Select(l => l.Text));
        return [(text, catalog.Explain(text, culture))];
    }

    // Only what has the form of a log's line is told with the number of the line.
    private static bool IsFromLog(SmtpDiagnosis diagnosis) => diagnosis.LineNumber is not null;

    // RFC 5321 §4.2.1: a hyphen behind the code says that the reply goes on.
    private static bool IsContinued(string line) =>
        line.Length > 3 && line[3] == '-' && line.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0;

    private IEnumerable<SmtpDiagnosis> Explain(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (_log!.Take(line) is { } diagnosis)
            {
                yield return diagnosis;
            }
        }
    }
}
