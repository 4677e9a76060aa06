namespace MailAdmin.Dns.Records;

/// <summary>The start of a zone (RFC 1035 §3.3.13).</summary>
/// <param name="Name">The zone.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="PrimaryServer">The zone's primary name server.</param>
/// <param name="Responsible">The mailbox of who is responsible, its <c>@</c> written as a dot.</param>
/// <param name="Serial">The version of the zone.</param>
/// <param name="Refresh">How often secondaries look for a new version.</param>
/// <param name="Retry">When they look again after they failed to.</param>
/// <param name="Expire">When they stop answering after they failed for so long.</param>
/// <param name="Minimum">How long others may remember that something does not exist (RFC 2308 §4).</param>
public sealed record SoaRecord(
    DnsName Name,
    TimeSpan TimeToLive,
    DnsName PrimaryServer,
    DnsName Responsible,
    uint Serial,
    TimeSpan Refresh,
    TimeSpan Retry,
    TimeSpan Expire,
    TimeSpan Minimum)
    : DnsRecord(Name, DnsRecordType.SOA, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => string.Join(
        ' ',
        Absolute(PrimaryServer),
        Absolute(Responsible),
        Invariant($"{Serial} {Refresh.TotalSeconds:F0} {Retry.TotalSeconds:F0}"),
        Invariant($"{Expire.TotalSeconds:F0} {Minimum.TotalSeconds:F0}"));
}
