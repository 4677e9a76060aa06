namespace MailAdmin.Smtp;

/// <summary>
/// What a server announces with <c>LIMITS</c> (RFC 9422); null where it announces nothing.
/// </summary>
/// <param name="MailMax">Transactions in one session.</param>
/// <param name="RcptMax">Recipients in one transaction.</param>
/// <param name="RcptDomainMax">Different recipient domains in one transaction.</param>
public readonly record struct SmtpLimits(int? MailMax, int? RcptMax, int? RcptDomainMax)
{
    private const int MaxDigits = 6;

    /// <summary>
    /// Reads the parameters of the keyword, such as <c>RCPTMAX=20 MAILMAX=5</c>. What is unknown or has no value of
    /// 1–999999 is skipped (RFC 9422 §3).
    /// </summary>
    public static SmtpLimits Parse(ReadOnlySpan<char> parameters)
    {
        var limits = default(SmtpLimits);
        while (!(parameters = parameters.TrimStart(' ')).IsEmpty)
        {
            var space = parameters.IndexOf(' ');
            var limit = space < 0 ? parameters : parameters[..space];
            parameters = parameters[limit.Length..];
            var equals = limit.IndexOf('=');
            if (equals > 0 && TryReadValue(limit[(equals + 1)..], out var value))
            {
                limits = limits.With(limit[..equals], value);
            }
        }

        return limits;
    }

    private SmtpLimits With(ReadOnlySpan<char> name, int value) =>
        name.Equals("MAILMAX", StringComparison.OrdinalIgnoreCase) ? this with { MailMax = value } :
        name.Equals("RCPTMAX", StringComparison.OrdinalIgnoreCase) ? this with { RcptMax = value } :
        name.Equals("RCPTDOMAINMAX", StringComparison.OrdinalIgnoreCase) ? this with { RcptDomainMax = value } :
        this;

    private static bool TryReadValue(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.Length is 0 or > MaxDigits)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return value > 0;
    }
}
