namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>What the owner wants to happen to mail that fails (RFC 9989 §4.7); the higher, the stricter.</summary>
public enum DmarcPolicy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is treated as suspicious.</summary>
    Quarantine,

    /// <summary>It is refused.</summary>
    Reject,
}
