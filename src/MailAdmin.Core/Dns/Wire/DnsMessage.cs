using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Wire;

/// <summary>What a client needs of a reply (RFC 1035 §4.1).</summary>
/// <param name="Header">The header.</param>
/// <param name="ResponseCode">With the upper bits that EDNS adds (RFC 6891 §6.1.3).</param>
/// <param name="Answers">The whole answer section, as far as it is of class IN.</param>
/// <param name="Authority">The first SOA record of the authority section.</param>
/// <param name="HasReferral">True when the authority section names other servers (NS).</param>
/// <param name="HasEdns">True when the reply has an OPT record (RFC 6891 §6.1).</param>
/// <param name="ExtendedErrors">The extended errors in the OPT record.</param>
internal sealed record DnsMessage(
    MessageHeader Header,
    int ResponseCode,
    IReadOnlyList<DnsRecord> Answers,
    SoaRecord? Authority,
    bool HasReferral,
    bool HasEdns,
    IReadOnlyList<DnsExtendedError> ExtendedErrors);
