using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// The MX endpoint of a Microsoft 365 tenant, such as contoso-com.mail.protection.outlook.com: it takes mail for the
/// tenant's domains from anyone (Direct Send among them), and mail for others through a connector. TLS is optional.
/// Certificates are taken by their names, whoever signed them.
/// </summary>
public sealed class MxEndpoint : ServerPersonality
{
    private const string Name = "FR0FRA00FT003.mail.protection.outlook.com";

    private readonly MxEndpointOptions _options;

    /// <summary>Makes the personality of one server.</summary>
    /// <param name="options">The tenant.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="SmtpTestServerException">It has no domain (<c>InvalidServerOptions</c>).</exception>
    public MxEndpoint(MxEndpointOptions options, TimeProvider? time = null)
        : base(Name, time ?? TimeProvider.System)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.AcceptedDomains.Count == 0)
        {
            throw new SmtpTestServerException(
                "InvalidServerOptions",
                MailErrorKind.InvalidInput,
                "An MX endpoint needs an accepted domain, whose mail it takes.",
                "Name the domains of the tenant, such as contoso.com.");
        }

        _options = options;
    }

    /// <inheritdoc/>
    public override SmtpTestServerOptions Apply(SmtpTestServerOptions options)
    {
        var applied = base.Apply(options);
        return applied with
        {
            Extensions = applied.Extensions & ~SmtpServerExtensions.Auth,
            RequestClientCertificate = true,
        };
    }

    /// <inheritdoc/>
    public override SmtpReply? LogIn(SmtpSessionInfo session, SmtpLogin login) => null;

    /// <inheritdoc/>
    public override SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail) => SenderOk;

    /// <inheritdoc/>
    public override SmtpReply? Recipient(
        SmtpSessionInfo session,
        SmtpMailCommand mail,
        EnvelopeRecipient recipient,
        IReadOnlyList<EnvelopeRecipient> accepted)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(accepted);
        var domain = recipient.Address.Domain;
        if (accepted.Count(other => other.Address.Domain.Equals(domain)) >= _options.RecipientsPerDomain)
        {
            return TooManyRecipients;
        }

        var hasConnector = _options.Connectors.Any(connector => connector.Knows(session));
        var isOwnSender = mail.ReversePath is { } sender && _options.AcceptedDomains.Contains(sender.Domain);
        var refusal =
            _options.IsWrongRegion ? WrongRegion
            : !_options.AcceptedDomains.Contains(domain)
                ? hasConnector && (isOwnSender || mail.ReversePath is null) ? null : External
            : isOwnSender && !hasConnector && _options.RejectDirectSend ? DirectSendRejected
            : CheckMailbox(recipient.Address);
        return refusal is null ? RecipientOk : Stamped(session, refusal);
    }

    /// <inheritdoc/>
    public override SmtpReply? Message(SmtpSessionInfo session, ReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return PersonalityReply.Of(string.Create(
            CultureInfo.InvariantCulture,
            $"250 2.6.0 <{message.Id}@{ServerName}> [InternalId=21474836480, Hostname={ServerName}] {message.Size} " +
            $"bytes in 0.100, {message.Size / 102.4:F3} KB/sec Queued mail for delivery"));
    }

    private static string WrongRegion =>
        "451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35. " +
        "For more information please go to https://go.microsoft.com/fwlink/?linkid=865268";

    private static string DirectSendRejected =>
        "550 5.7.68 TenantInboundAttribution; " +
        "Direct Send not allowed for this organization from unauthorized sources";

    /// <summary>With connectors the client has missed them; without, Direct Send cannot go there.</summary>
    private string External => _options.Connectors.Count > 0
        ? "550 5.7.64 TenantAttribution; Relay Access Denied"
        : "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain";

    private string? CheckMailbox(EmailAddress address) =>
        Contains(_options.FullMailboxes, address)
            ? "554 5.2.2 mailbox full; " +
                "STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded"
        : _options.Mailboxes is { } mailboxes && !Contains(mailboxes, address)
            ? "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
        : null;

    private static bool Contains(IReadOnlyList<EmailAddress> mailboxes, EmailAddress address) =>
        mailboxes.Any(mailbox => mailbox.Domain.Equals(address.Domain) &&
            mailbox.LocalPart.Equals(address.LocalPart, StringComparison.OrdinalIgnoreCase));
}
