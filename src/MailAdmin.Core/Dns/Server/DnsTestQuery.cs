using System.Net;

namespace MailAdmin.Dns.Server;

/// <summary>A query that a <see cref="DnsTestServer"/> got.</summary>
public sealed record DnsTestQuery
{
    /// <summary>What was asked.</summary>
    public required DnsQuestion Question { get; init; }

    /// <summary>Who asked; the port is the one that the query came from.</summary>
    public required IPEndPoint Client { get; init; }

    /// <summary>True when it came over TCP.</summary>
    public required bool UsedTcp { get; init; }

    /// <summary>The ID in the header.</summary>
    public required int Id { get; init; }

    /// <summary>The flags in the header.</summary>
    internal int Flags { get; init; }

    /// <summary>The longest UDP reply that the client takes: what its OPT record says, else 512 octets.</summary>
    public int UdpPayload { get; init; } = 512;

    /// <summary>True when the query has an OPT record (RFC 6891).</summary>
    public bool HasEdns { get; init; }

    /// <summary>True when signatures are wanted (DO bit).</summary>
    public bool WantsSignatures { get; init; }

    /// <summary>True when the client wants data that fail validation, too (CD bit).</summary>
    public bool DisablesChecking { get; init; }
}
