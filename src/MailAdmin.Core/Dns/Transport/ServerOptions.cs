namespace MailAdmin.Dns.Transport;

/// <summary>How to ask one server.</summary>
/// <param name="Timeout">How long a try waits.</param>
/// <param name="Flags">The header flags of queries.</param>
/// <param name="WantsSignatures">Whether to set the DO bit.</param>
/// <param name="UsesTcpOnly">Whether to ask over TCP from the start.</param>
/// <param name="IsTrusted">Whether the server's word on DNSSEC counts.</param>
/// <param name="MaxIdle">How many sockets wait for their next query.</param>
internal sealed record ServerOptions(
    TimeSpan Timeout,
    int Flags,
    bool WantsSignatures,
    bool UsesTcpOnly,
    bool IsTrusted,
    int MaxIdle);
