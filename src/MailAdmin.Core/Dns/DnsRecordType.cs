namespace MailAdmin.Dns;

/// <summary>
/// Types of DNS records, named as in IANA's registry. Any other number may be cast to this type; its records come as
/// <see cref="Records.UnknownRecord"/>.
/// </summary>
public enum DnsRecordType
{
    /// <summary>IPv4 address (RFC 1035 §3.4.1).</summary>
    A = 1,

    /// <summary>Name server (RFC 1035 §3.3.11).</summary>
    NS = 2,

    /// <summary>Alias (RFC 1035 §3.3.1).</summary>
    CNAME = 5,

    /// <summary>Start of authority (RFC 1035 §3.3.13).</summary>
    SOA = 6,

    /// <summary>Name of an address (RFC 1035 §3.3.12).</summary>
    PTR = 12,

    /// <summary>Mail exchange (RFC 1035 §3.3.9, RFC 7505).</summary>
    MX = 15,

    /// <summary>Text (RFC 1035 §3.3.14).</summary>
    TXT = 16,

    /// <summary>IPv6 address (RFC 3596).</summary>
    AAAA = 28,

    /// <summary>Location of a service (RFC 2782).</summary>
    SRV = 33,

    /// <summary>Alias of a whole subtree (RFC 6672); comes as <see cref="Records.UnknownRecord"/>.</summary>
    DNAME = 39,

    /// <summary>Delegation signer (RFC 4034 §5).</summary>
    DS = 43,

    /// <summary>Signature (RFC 4034 §3).</summary>
    RRSIG = 46,

    /// <summary>Key of a zone (RFC 4034 §2).</summary>
    DNSKEY = 48,

    /// <summary>Certificate association, DANE (RFC 6698).</summary>
    TLSA = 52,

    /// <summary>Certification authority authorization (RFC 8659).</summary>
    CAA = 257,
}
