namespace MailAdmin.DomainChecks.Dnsbl;

/// <summary>What a block list says about an address.</summary>
public enum DnsblVerdict
{
    /// <summary>It does not list the address.</summary>
    NotListed,

    /// <summary>It lists the address.</summary>
    Listed,

    /// <summary>It does not answer such questions from here, for instance through a public resolver.</summary>
    QueryRefused,

    /// <summary>It lists everything, as abandoned lists do, or answers what no list answers.</summary>
    Unusable,

    /// <summary>It could not be asked.</summary>
    NotReached,
}
