namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Lines of Exchange's protocol logs (SmtpSend, SmtpReceive), which are CSV:
/// <code>
/// date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
/// </code>
/// The event <c>&lt;</c> is what was received, <c>&gt;</c> what was sent; replies may take several lines.
/// </summary>
internal sealed class ExchangeLogLines
{
    private const int Fields = 9;
    private const int SessionField = 2;
    private const int RemoteField = 5;
    private const int EventField = 6;
    private const int DataField = 7;
    private const int MaxPending = 64;

    private readonly Dictionary<string, string> _pending = [];

    /// <returns>False when the line is none of such a log; a line of it that tells of no failure gives null.</returns>
    public bool Take(string line, out Failure? failure)
    {
        failure = null;
        if (line.StartsWith('#') || Split(line) is not { } fields ||
            fields[EventField] is not ("<" or ">" or "+" or "-" or "*"))
        {
            return false;
        }

        var code = StatusScanner.LineCode(fields[DataField], out var continues);
        if (fields[EventField] is not ("<" or ">") || code is null or < 400)
        {
            return true;
        }

        var session = fields[SessionField];
        var said = _pending.Remove(session, out var before)
            ? $"{before} {fields[DataField][3..].TrimStart('-', ' ')}"
            : fields[DataField];
        if (continues && _pending.Count < MaxPending && said.Length < LogLines.MaxLength)
        {
            _pending[session] = said;
            return true;
        }

        var remote = fields[RemoteField];
        var port = remote.LastIndexOf(':');
        failure = FailureFactory.FromText(said) with { Server = port > 0 ? remote[..port] : null };
        return true;
    }

    /// <summary>The nine fields, or null when there are fewer (RFC 4180 §2).</summary>
    private static string[]? Split(string line)
    {
        var fields = new string[Fields];
        var start = 0;
        for (var i = 0; i < Fields; i++)
        {
            if (start > line.Length)
            {
                return null;
            }

            var end = start < line.Length && line[start] == '"' ? AfterQuotes(line, start) : start;
            var comma = end > line.Length ? -1 : line.IndexOf(',', end);
            end = comma < 0 ? line.Length : comma;
            fields[i] = Unquote(line.AsSpan(start, end - start));
            start = end + 1;
        }

        return fields;
    }

    private static int AfterQuotes(string line, int start)
    {
        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (i + 1 >= line.Length || line[i + 1] != '"')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return line.Length;
    }

    private static string Unquote(ReadOnlySpan<char> field) =>
        field is ['"', .. var inner, '"']
            ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
            : field.ToString();
}
