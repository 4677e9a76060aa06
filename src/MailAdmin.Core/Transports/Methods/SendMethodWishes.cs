using System.Net;
using MailAdmin.Dns.Mail;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// What a device or program is to do, and what there is to do it with. By default nothing is demanded.
/// </summary>
public sealed record SendMethodWishes
{
    /// <summary>People outside the organisation are to get the mail.</summary>
    public bool External { get; init; }

    /// <summary>The device cannot do TLS 1.2.</summary>
    public bool NoTls12 { get; init; }

    /// <summary>The device cannot log in.</summary>
    public bool NoLogin { get; init; }

    /// <summary>The device can log in with user name and password only.</summary>
    public bool NoOAuth { get; init; }

    /// <summary>How many recipients a day are to be reached; null for few.</summary>
    public int? RecipientsPerDay { get; init; }

    /// <summary>How many messages go out in a busy minute; null for few.</summary>
    public int? MessagesPerMinute { get; init; }

    /// <summary>The public IP address is static and shared with nobody.</summary>
    public bool HasStaticIp { get; init; }

    /// <summary>The device can show a certificate for a name of the own domain.</summary>
    public bool HasCertificate { get; init; }

    /// <summary>There is a mail server of one's own.</summary>
    public bool HasOwnServer { get; init; }

    /// <summary>The program runs in another company's network, a cloud provider's for example.</summary>
    public bool HostedElsewhere { get; init; }

    /// <summary>A copy is to be kept among the sent items.</summary>
    public bool SaveToSentItems { get; init; }

    /// <summary>The sender is to be any address of the domain, without a mailbox.</summary>
    public bool AnyFrom { get; init; }

    /// <summary>Port 25 to the internet is closed.</summary>
    public bool Port25Blocked { get; init; }

    /// <summary>How many characters the device's field for the server takes; null for enough.</summary>
    public int? ServerFieldLength { get; init; }

    /// <summary>The cloud of Microsoft 365.</summary>
    public CloudEnvironment Environment { get; init; }

    /// <summary>Where the mail of the own domain goes; null when it was not looked up.</summary>
    public MxEndpoint? Endpoint { get; init; }

    /// <summary>The public addresses that the mail comes from; empty when they are not known.</summary>
    public IReadOnlyList<IPAddress> PublicAddresses { get; init; } = [];

    /// <summary>The name in the certificate; null for that of the domain.</summary>
    public string? CertificateName { get; init; }
}
