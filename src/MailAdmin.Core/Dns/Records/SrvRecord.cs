namespace MailAdmin.Dns.Records;

/// <summary>The host and port of a service (RFC 2782).</summary>
/// <param name="Name">The service, such as <c>_submission._tcp.example.com</c>.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Priority">The lowest is tried first.</param>
/// <param name="Weight">The share of clients among targets of the same priority.</param>
/// <param name="Port">The port.</param>
/// <param name="Target">The host; the root means that the service is not offered.</param>
public sealed record SrvRecord(
    DnsName Name,
    TimeSpan TimeToLive,
    int Priority,
    int Weight,
    int Port,
    DnsName Target)
    : DnsRecord(Name, DnsRecordType.SRV, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Invariant($"{Priority} {Weight} {Port} {Absolute(Target)}");
}
