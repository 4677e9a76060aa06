namespace MailAdmin.DomainChecks;

/// <summary>What is checked of a mail domain.</summary>
public enum CheckArea
{
    /// <summary>The hosts that take the domain's mail (RFC 5321 §5.1, RFC 7505).</summary>
    Mx,

    /// <summary>Who may send for the domain (RFC 7208).</summary>
    Spf,

    /// <summary>The keys of the domain's signatures (RFC 6376).</summary>
    Dkim,

    /// <summary>What happens to mail that is not the domain's (RFC 9989).</summary>
    Dmarc,

    /// <summary>The policy that mail to the domain needs TLS (RFC 8461).</summary>
    MtaSts,

    /// <summary>Where faults of TLS are reported (RFC 8460).</summary>
    TlsRpt,

    /// <summary>The certificates of the mail hosts in the DNS (RFC 7672).</summary>
    Dane,

    /// <summary>Block lists (RFC 5782).</summary>
    Dnsbl,
}
