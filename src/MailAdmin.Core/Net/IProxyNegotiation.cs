namespace MailAdmin.Net;

/// <summary>
/// What is said to a proxy before the connection is a tunnel. No I/O; it never asks for more than its own octets.
/// </summary>
internal interface IProxyNegotiation
{
    /// <summary>What to send now; empty when it is the proxy's turn.</summary>
    ReadOnlyMemory<byte> Output { get; }

    /// <summary>Exactly how many octets to read next; 0 when the tunnel stands.</summary>
    int Wanted { get; }

    /// <summary>Takes exactly <see cref="Wanted"/> octets.</summary>
    /// <exception cref="ConnectException">The proxy refused or does not speak the protocol.</exception>
    void Feed(ReadOnlySpan<byte> octets);
}
