using MailAdmin.Diagnosis;
using MailAdmin.Identity;
using MailAdmin.Identity.Inspection;
using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Looks at a token that a server refused, as most servers do not say why. What servers of others than Microsoft want
/// of a token is not known, so there only what every token is bound by counts: its time, its user, its form.
/// </summary>
internal static class RefusedToken
{
    private static readonly string[] MicrosoftHosts =
    [
        "office365.com",
        "office.com",
        "outlook.com",
        "mx.microsoft",
        "office365.us",
        "apps.mil",
        "partner.outlook.cn",
    ];

    private static readonly string[] OfEveryToken = ["TokenExpired", "TokenNotYetValid", "TokenUserDiffers"];

    /// <summary>The failure with what is wrong with the token; the same when nothing is seen.</summary>
    /// <param name="refusal">What the server did.</param>
    /// <param name="token">The token.</param>
    /// <param name="user">Who was to log in.</param>
    /// <param name="route">Where.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public static AuthenticationFailedException Explain(
        AuthenticationFailedException refusal,
        AccessToken token,
        string user,
        SmtpRoute route,
        TimeProvider? time = null)
    {
        if (refusal.IsTransient || !refusal.LeavesCauseOpen)
        {
            return refusal;
        }

        var isHve = route.Method == "Hve" || IsOf(route.Host, "mx.microsoft") ||
            refusal.Reply!.Enhanced is { Subject: 7, Detail: 127 };
        var expectation = new TokenExpectation { Service = isHve ? TokenService.Hve : TokenService.Smtp, User = user };
        var inspection = new TokenInspector(time).Inspect(token.Value, expectation);
        var isMicrosoft = isHve || refusal.Reply!.Enhanced is { Subject: 7, Detail: 3 or 127 } ||
            MicrosoftHosts.Any(host => IsOf(route.Host, host));
        var report = ErrorCatalog.Default.Explain(inspection, "en-US");
        var fault = report.Findings.FirstOrDefault(finding =>
            finding.Severity == FindingSeverity.Error && (isMicrosoft || OfEveryToken.Contains(finding.Id)));
        return fault is null
            ? refusal
            : refusal.Because(new CredentialFault(fault.Id, $"{fault.Message} {fault.Detail}", fault.Remedies[0]));
    }

    private static bool IsOf(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) &&
        (host.Length == domain.Length || host[^(domain.Length + 1)] == '.');
}
