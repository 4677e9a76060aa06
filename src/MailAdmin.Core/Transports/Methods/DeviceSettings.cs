using MailAdmin.Addressing;
using MailAdmin.Dns.Mail;

namespace MailAdmin.Transports.Methods;

/// <summary>How a device or program is set up to send mail, as far as it is known.</summary>
public sealed record DeviceSettings
{
    /// <summary>The server: a name or an address.</summary>
    public required string Server { get; init; }

    /// <summary>The port; null when it is not known.</summary>
    public int? Port { get; init; }

    /// <summary>What is set about TLS; <see cref="ConnectionSecurity.Auto"/> when it is not known.</summary>
    public ConnectionSecurity Security { get; init; }

    /// <summary>The user name that it logs in with; null when it does not.</summary>
    public string? Login { get; init; }

    /// <summary>The sender; null when it is not known.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>Some recipients; none when they are not known.</summary>
    public IReadOnlyList<EmailAddress> Recipients { get; init; } = [];

    /// <summary>Whether the tenant has an inbound connector for the device; null when it is not known.</summary>
    public bool? HasConnector { get; init; }

    /// <summary>True when the device cannot do TLS 1.2.</summary>
    public bool NoTls12 { get; init; }

    /// <summary>How many characters the field for the server takes; null for enough.</summary>
    public int? ServerFieldLength { get; init; }

    /// <summary>Where the mail of the own domain goes; null when it was not looked up.</summary>
    public MxEndpoint? Endpoint { get; init; }

    /// <summary>The own domain: that of the look-up, or of the sender.</summary>
    internal DomainName? Domain => Endpoint?.Domain ?? From?.Domain;

    /// <summary>True when a recipient is in another domain than the own one, as far as both are known.</summary>
    internal bool HasOutsideRecipients => Domain is { } own && Recipients.Any(recipient => recipient.Domain != own);
}
