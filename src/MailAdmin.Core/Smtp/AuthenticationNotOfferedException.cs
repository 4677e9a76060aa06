namespace MailAdmin.Smtp;

/// <summary>Credentials were given, but the server offers no way, or none of the ways that suit, to use them.</summary>
public sealed class AuthenticationNotOfferedException : SmtpException
{
    private AuthenticationNotOfferedException(string errorId, string message, string action)
        : base(errorId, MailErrorKind.Authentication, SmtpStage.Auth, message, action)
    {
    }

    internal static AuthenticationNotOfferedException NoAuth(string server, bool secure) => new(
        "SmtpAuthNotOffered",
        $"Credentials were given, but {server} does not offer authentication" +
        $"{(secure ? "" : " on a connection without TLS")}.",
        "Clear the credentials if this server relays without a login; otherwise check the port (587 or 465 for " +
        "submission) and the TLS setting.");

    internal static AuthenticationNotOfferedException NoCommonMechanism(
        string server, IReadOnlyList<string> offered) => new(
        "SmtpAuthMechanismNotOffered",
        $"{server} offers {string.Join(", ", offered)}; none of these suits the credentials or the mechanism that " +
        "was asked for.",
        "Use the kind of credential that the server takes (password, or token for XOAUTH2 and OAUTHBEARER), or name " +
        "another mechanism.");
}
