namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// A line of Postfix:
/// <code>
/// … postfix/smtp[123]: 4XYZ: to=&lt;a@b&gt;, …, dsn=5.1.1, status=bounced (host … said: reply)
/// … postfix/smtpd[123]: NOQUEUE: reject: RCPT from c[192.0.2.2]: 554 5.7.1 &lt;a@b&gt;: Relay access denied; …
/// </code>
/// </summary>
internal static class PostfixLogLine
{
    /// <returns>False when the line is none of Postfix's; a line of it that tells of no failure gives null.</returns>
    public static bool TryRead(string line, out Failure? failure)
    {
        failure = null;
        var program = line.IndexOf("postfix", StringComparison.Ordinal);
        var start = program < 0 ? -1 : line.IndexOf("]: ", program, StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        var text = line[(start + 3)..];
        if (text.Contains("status=sent", StringComparison.Ordinal))
        {
            return true;
        }

        var status = text.IndexOf("status=", StringComparison.Ordinal);
        var reject = text.IndexOf("reject", StringComparison.Ordinal);
        if (status < 0 && reject < 0 && !text.Contains(" said: ", StringComparison.Ordinal))
        {
            return true;
        }

        var open = status < 0 ? -1 : text.IndexOf('(', status);
        var said = open < 0 ? text : text[(open + 1)..].TrimEnd(')');
        var declared = AddressFinder.After(text, "dsn=", ',') is { } dsn ? StatusScanner.Find(dsn) : [];
        var codes = StatusScanner.Find(said).Concat(declared).Distinct().ToList();
        if (codes.Count > 0)
        {
            failure = FailureFactory.FromText(said, codes) with
            {
                Recipient = AddressFinder.After(text, "to=<"),
                Sender = AddressFinder.After(text, "from=<"),
                Server = AddressFinder.After(text, "relay=", ',')?.Split('[')[0] is { } relay && relay != "none"
                    ? relay
                    : null,
            };
        }

        return true;
    }
}
