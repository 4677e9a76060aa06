namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// A line of Exim's main log, which begins with date, time and usually a message id:
/// <code>
/// 2026-11-22 10:00:00 1tEabc-000123-4D ** a@b R=dnslookup T=remote_smtp H=mx.b [192.0.2.1]: SMTP error … : 550 …
/// 2026-11-22 10:00:00 1tEabc-000123-4D == a@b R=dnslookup T=remote_smtp defer (-44): SMTP error … : 451 …
/// 2026-11-22 10:00:00 H=c [192.0.2.2] F=&lt;x@y&gt; rejected RCPT &lt;a@b&gt;: relay not permitted
/// </code>
/// </summary>
internal static class EximLogLine
{
    private const int DateLength = 19;

    /// <returns>False when the line is none of Exim's; a line of it that tells of no failure gives null.</returns>
    public static bool TryRead(string line, out Failure? failure)
    {
        failure = null;
        if (line.Length <= DateLength || line[4] != '-' || line[10] != ' ' || line[13] != ':' || line[16] != ':')
        {
            return false;
        }

        var text = line[DateLength..];
        var bounced = text.IndexOf(" ** ", StringComparison.Ordinal);
        var deferred = text.IndexOf(" == ", StringComparison.Ordinal);
        var rejected = text.IndexOf(" rejected ", StringComparison.Ordinal);
        if (bounced < 0 && deferred < 0 && rejected < 0)
        {
            return false;
        }

        if (rejected >= 0 && bounced < 0 && deferred < 0)
        {
            failure = Rejected(text, rejected);
            return true;
        }

        var start = (bounced >= 0 ? bounced : deferred) + 4;
        var end = text.IndexOf(' ', start);
        var address = end < 0 ? text[start..] : text[start..end];
        var said = FailureFactory.FromText(text[start..]);
        failure = said with
        {
            Codes = said.Codes.Count > 0 ? said.Codes : [new StatusPair(bounced >= 0 ? 550 : 451, null)],
            Recipient = address.Trim('<', '>'),
            Server = AddressFinder.After(text, " H=", ' '),
            IsDelay = bounced < 0,
        };
        return true;
    }

    // Exim does not log the code with which it rejects.
    private static Failure Rejected(string text, int rejected)
    {
        var code = text.AsSpan(0, rejected).EndsWith(" temporarily") ? 451 : 550;
        return FailureFactory.FromText(text[(rejected + 1)..], [new StatusPair(code, null)]) with
        {
            Recipient = AddressFinder.After(text, "RCPT <"),
            Sender = AddressFinder.After(text, " F=<"),
        };
    }
}
