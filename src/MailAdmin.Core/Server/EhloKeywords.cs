namespace MailAdmin.Server;

/// <summary>The lines of the reply to EHLO that name the service extensions (RFC 5321 §4.1.1.1).</summary>
internal static class EhloKeywords
{
    /// <summary>What is on offer at this stage of the connection.</summary>
    public static List<string> For(SmtpTestServerOptions options, SmtpSessionInfo session)
    {
        (SmtpServerExtensions Extension, string? Keyword)[] all =
        [
            (SmtpServerExtensions.Pipelining, "PIPELINING"),
            (SmtpServerExtensions.Size, $"SIZE {options.MaxMessageSize}"),
            (SmtpServerExtensions.EightBitMime, "8BITMIME"),
            (SmtpServerExtensions.SmtpUtf8, "SMTPUTF8"),
            (SmtpServerExtensions.Dsn, "DSN"),
            (SmtpServerExtensions.Chunking, "CHUNKING"),
            (SmtpServerExtensions.EnhancedStatusCodes, "ENHANCEDSTATUSCODES"),
            (SmtpServerExtensions.Limits, Limits(options)),
            (SmtpServerExtensions.StartTls, OffersTls(options, session) ? "STARTTLS" : null),
            (SmtpServerExtensions.Auth, AllowsLogin(options, session) ? Logins(options) : null),
            (SmtpServerExtensions.Help, "HELP"),
        ];
        return all.Where(line => options.Offers(line.Extension)).Select(line => line.Keyword).OfType<string>().ToList();
    }

    /// <summary>True when a login may begin now.</summary>
    public static bool AllowsLogin(SmtpTestServerOptions options, SmtpSessionInfo session) =>
        options.KnowsUsers &&
        options.Mechanisms.Count > 0 &&
        (session.TlsProtocol is not null || AllowsLoginInClear(options, session));

    private static bool AllowsLoginInClear(SmtpTestServerOptions options, SmtpSessionInfo session) =>
        !options.RequireTls && (options.AllowPlaintextAuth || !OffersTls(options, session));

    private static bool OffersTls(SmtpTestServerOptions options, SmtpSessionInfo session) =>
        options.Security == SmtpServerSecurity.StartTls && session.TlsProtocol is null;

    private static string Logins(SmtpTestServerOptions options) => $"AUTH {string.Join(' ', options.Mechanisms)}";

    /// <summary>RFC 9422 §3.</summary>
    private static string Limits(SmtpTestServerOptions options) =>
        options.MaxMessagesPerConnection > 0
            ? $"LIMITS MAILMAX={options.MaxMessagesPerConnection} RCPTMAX={options.MaxRecipients}"
            : $"LIMITS RCPTMAX={options.MaxRecipients}";
}
