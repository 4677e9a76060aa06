namespace MailAdmin.Smtp;

/// <summary>An address needs SMTPUTF8 (RFC 6531), and the server does not offer it.</summary>
/// <param name="server">The server, as configured.</param>
/// <param name="address">The first such address; null when only the headers need it.</param>
public sealed class SmtpUtf8NotOfferedException(string server, string? address) : SmtpException(
    "SmtpUtf8NotOffered",
    MailErrorKind.NotSupported,
    SmtpStage.MailFrom,
    $"{(address is null ? "A header" : $"The address {address}")} has characters that only SMTPUTF8 can carry, and " +
    $"{server} does not offer it; nothing was sent.",
    "Use an address with ASCII characters before the @, or another server.");
