using System.Net;

namespace MailAdmin.Dns;

/// <summary>How a <see cref="DnsClient"/> asks. The defaults are those of the system's own resolver.</summary>
public sealed record DnsClientOptions
{
    /// <summary>
    /// The servers, in the order in which they are asked; none means those that the system is set up with, as they are
    /// when the client is made.
    /// </summary>
    public IReadOnlyList<IPEndPoint> Servers { get; init; } = [];

    /// <summary>How long each try waits; by default as resolv.conf says, else 3 seconds.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often a server is asked that does not answer; by default as resolv.conf says, else 2.</summary>
    public int? Attempts { get; init; }

    /// <summary>
    /// Whose word on DNSSEC (AD bit) counts. Anybody on the way to a resolver can set that bit, so by default only
    /// one on this machine is believed, or one that resolv.conf vouches for (<c>trust-ad</c>).
    /// </summary>
    public AuthenticatedDataTrust TrustAuthenticatedData { get; init; } = AuthenticatedDataTrust.Local;

    /// <summary>Asks for signatures along with the records (DO bit, RFC 3225); larger replies, seldom needed.</summary>
    public bool WantsSignatures { get; init; }

    /// <summary>
    /// Asks a validating resolver for its data even if they fail validation (CD bit, RFC 4035 §3.2.2), to see what is
    /// behind a SERVFAIL.
    /// </summary>
    public bool DisablesChecking { get; init; }

    /// <summary>Asks over TCP from the start; by default as resolv.conf says (<c>use-vc</c>), else not.</summary>
    public bool? UsesTcpOnly { get; init; }

    /// <summary>The most that the cache holds, in octets of messages; 0 for none. 4 MiB by default.</summary>
    public int CacheOctets { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most questions that are on the wire at once; more wait their turn. 256 by default.</summary>
    public int MaxInFlight { get; init; } = 256;
}
