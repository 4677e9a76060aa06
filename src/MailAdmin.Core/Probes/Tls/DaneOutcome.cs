namespace MailAdmin.Probes.Tls;

/// <summary>What DANE says about a server's certificate.</summary>
public enum DaneOutcome
{
    /// <summary>Nobody asked: there is no resolver, or the server was given as an address.</summary>
    NotChecked,

    /// <summary>The look-up failed; senders with DANE hold their mail back until it works (RFC 7672 §2.1.1).</summary>
    LookupFailed,

    /// <summary>There is no TLSA record.</summary>
    NotPublished,

    /// <summary>
    /// There are records, but no DNSSEC that proves them, or no validating resolver: they count for nothing.
    /// </summary>
    NotAuthenticated,

    /// <summary>There are records, but none of a sort that SMTP uses: TLS without a check (RFC 7672 §3.1.3).</summary>
    NotUsable,

    /// <summary>A record fits the certificate.</summary>
    Matches,

    /// <summary>No record fits: senders with DANE refuse to deliver.</summary>
    Mismatch,
}
