using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Probes;

/// <summary>The parameters of a MAIL FROM that no message follows.</summary>
internal static class MailWish
{
    /// <exception cref="SmtpUtf8NotOfferedException">
    /// An address needs SMTPUTF8, and the server does not offer it.
    /// </exception>
    public static MailParameters For(SmtpClient client, EmailAddress? from, EmailAddress? to)
    {
        var international = from is { RequiresSmtpUtf8: true } ? from : to is { RequiresSmtpUtf8: true } ? to : null;
        return international is null || client.Capabilities.SmtpUtf8
            ? new MailParameters(SmtpUtf8: international is not null)
            : throw new SmtpUtf8NotOfferedException(client.Connection.Host, international.ToString());
    }
}
