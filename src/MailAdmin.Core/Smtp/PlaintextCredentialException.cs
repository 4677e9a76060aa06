namespace MailAdmin.Smtp;

/// <summary>Credentials would have gone over a connection without TLS.</summary>
/// <param name="server">The server, as configured.</param>
public sealed class PlaintextCredentialException(string server) : SmtpException(
    "SmtpCredentialWithoutTls",
    MailErrorKind.Authentication,
    SmtpStage.Auth,
    $"The connection to {server} is not encrypted, so the credentials were not sent.",
    "Use STARTTLS or implicit TLS; only on a network that you trust, allow authentication in plain text.");
