namespace MailAdmin.Smtp;

/// <summary>The route demands STARTTLS, and the server does not offer it.</summary>
/// <param name="server">The server, as configured.</param>
public sealed class StartTlsNotOfferedException(string server) : SmtpException(
    "SmtpStartTlsNotOffered",
    MailErrorKind.Tls,
    SmtpStage.StartTls,
    $"{server} does not offer STARTTLS, which this route demands; nothing was sent.",
    "Check the port; if the server has no TLS at all, lower the security setting, knowing that anybody on the way " +
    "can read and change the mail.");
