namespace MailAdmin.Dns;

/// <summary>How a question to the DNS ended.</summary>
public enum DnsOutcome
{
    /// <summary>There is at least one record of the type that was asked for.</summary>
    Success,

    /// <summary>The name exists, but has no record of this type (RFC 2308 §2.2).</summary>
    NoData,

    /// <summary>The name, or the one that it is an alias of, does not exist (RFC 2308 §2.1).</summary>
    NxDomain,

    /// <summary>The server could not answer: its upstream failed, or DNSSEC validation did.</summary>
    ServFail,

    /// <summary>The server does not answer such questions from here.</summary>
    Refused,

    /// <summary>No server answered in time.</summary>
    Timeout,

    /// <summary>No server could be reached: the network, or the host behind the address, refused.</summary>
    Unreachable,

    /// <summary>The reply could not be read.</summary>
    Malformed,

    /// <summary>The aliases (CNAME) lead back to themselves, or on for too long.</summary>
    AliasLoop,

    /// <summary>The server answered with another response code; see <see cref="DnsResponse.ResponseCode"/>.</summary>
    OtherError,
}
