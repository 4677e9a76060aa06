using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// High Volume Email of Microsoft 365, smtp.hve.mx.microsoft: TLS and the login of an HVE account, 50 recipients, no
/// rate. The argument and the token of XOAUTH2 are looked at, and the reply names what is wrong with them. Of some
/// replies only the code is public; their texts are made up, and short.
/// </summary>
public sealed class Hve : MailboxPersonality
{
    private const string Name = "FR0P000HV0007.hve.mx.microsoft";

    private readonly HveOptions _options;

    /// <summary>Makes the personality of one server.</summary>
    /// <param name="options">How it behaves; null for the defaults, with which nobody may log in.</param>
    /// <param name="time">The clock, by which tokens expire; null for the system's.</param>
    /// <exception cref="SmtpTestServerException">An account is given twice (<c>InvalidServerOptions</c>).</exception>
    public Hve(HveOptions? options = null, TimeProvider? time = null)
        : base(Name, time ?? TimeProvider.System, (options ??= new()).Accounts, options.RecipientsPerMessage) =>
        _options = options;

    /// <inheritdoc/>
    public override SmtpReply? Response(SmtpSessionInfo session, string mechanism, string response) =>
        mechanism == "XOAUTH2" && XOAuth2Argument.FindFault(response) is { } fault ? Stamped(session, fault) : null;

    private protected override TimeSpan MinimumTokenLifetime => _options.MinimumTokenLifetime;

    // Microsoft's page on High Volume Email has apps take Mail.Send of Exchange Online.
    private protected override IReadOnlyList<string> RolesThatSend => ["SMTP.SendAsApp", "Mail.Send"];

    private protected override bool EndsSessionsWithToken => _options.EndSessionsWithToken;

    private protected override string UnknownUser(bool hasToken) => hasToken ? Failed : Unsuccessful;

    private protected override string? CheckToken(MailboxAccount account, TokenVerdict verdict) => verdict switch
    {
        TokenVerdict.Good => null,
        TokenVerdict.ExpiresSoon => _options.UseFirstTokenCodes
            ? "501 5.5.127 XOAUTH2 auth data - token expires soon"
            : "535 5.7.142 Token will expire soon",
        TokenVerdict.Expired => _options.UseFirstTokenCodes
            ? "501 5.5.128 XOAUTH2 auth data - token has expired in AAD"
            : "535 5.7.143 Expired token",
        TokenVerdict.NoPermission => _options.UseFirstTokenCodes
            ? "501 5.5.129 Invalid token with wrong permission set in app"
            : "535 5.7.144 XOAUTH2 authentication failed. Invalid API permissions",
        _ => Failed,
    };

    private protected override string? CheckState(MailboxAccount account, bool hasToken) => account.State switch
    {
        // The endpoint is its own: SMTP AUTH may be off for the mailbox and for the tenant.
        AccountState.SmtpAuthDisabled or AccountState.TenantSmtpAuthDisabled => null,
        AccountState.NotHveAccount => "550 5.2.240 The user is not a High Volume Email account",
        AccountState.AppNotAllowed when hasToken => 
            "550 5.7.240 The application is not allowed for use with this High Volume Email account",
        _ => base.CheckState(account, hasToken),
    };

    private protected override string? CheckSender(MailboxAccount account, EmailAddress sender) =>
        account.MaySendAs(sender) ? null : "550 5.7.62 MAIL FROM differs from the authenticated account";

    private protected override string? CheckMessage(
        SmtpSessionInfo session, MailboxAccount account, ReceivedMessage message, EmailAddress? author) =>
        AccountStateReplies.ToMessage(account.State)
        ?? (author is null || account.MaySendAs(author)
            ? null
            : "550 5.6.241 The header From differs from the authenticated account");

    private static string Failed => "535 5.7.127 Authentication unsuccessful, OAuth failed";
}
