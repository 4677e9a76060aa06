namespace MailAdmin.Dns;

/// <summary>A look-up that brought no definite answer, for callers that cannot go on without one.</summary>
public sealed class DnsLookupException : MailException
{
    internal DnsLookupException(DnsResponse response)
        : base($"Dns{response.Outcome}", KindOf(response.Outcome), Describe(response), Remedy(response)) =>
        Response = response;

    /// <summary>What the look-up brought.</summary>
    public DnsResponse Response { get; }

    /// <inheritdoc/>
    public override bool IsTransient =>
        Response.Outcome is DnsOutcome.ServFail or DnsOutcome.Timeout or DnsOutcome.Unreachable;

    private static bool IsDnssecFailure(DnsResponse response) => response.ExtendedErrors.Any(e => e.IsDnssecFailure);

    private static MailErrorKind KindOf(DnsOutcome outcome) => outcome switch
    {
        DnsOutcome.Timeout => MailErrorKind.Timeout,
        DnsOutcome.Unreachable => MailErrorKind.Connection,
        DnsOutcome.Refused => MailErrorKind.Rejected,
        DnsOutcome.Malformed => MailErrorKind.Protocol,
        _ => MailErrorKind.NotFound,
    };

    private static string Describe(DnsResponse response)
    {
        var question = $"The DNS look-up of {response.Name} ({Records.DnsRecord.TypeName(response.Type)})";
        var server = response.Server is null ? "the DNS server" : $"DNS server {response.Server}";
        var fault = response.Outcome switch
        {
            DnsOutcome.ServFail => $"failed: {server} could not get an answer (SERVFAIL)",
            DnsOutcome.Refused => $"failed: {server} refuses such questions (REFUSED)",
            DnsOutcome.Timeout => "failed: no DNS server answered in time",
            DnsOutcome.Unreachable => "failed: no DNS server could be reached",
            DnsOutcome.Malformed => $"failed: the reply of {server} cannot be read",
            DnsOutcome.AliasLoop => "failed: the name is an alias that leads back to itself",
            _ => $"failed: {server} answered with response code {response.ResponseCode}",
        };
        var more = string.Join(
            "; ",
            response.ExtendedErrors.Select(e => e.ToString()).Append(response.Detail).Where(text => text.Length > 0));
        return more.Length == 0 ? $"{question} {fault}." : $"{question} {fault} ({more}).";
    }

    private static string Remedy(DnsResponse response) => response.Outcome switch
    {
        DnsOutcome.ServFail when IsDnssecFailure(response) =>
            "Tell the domain's owner that its DNSSEC signatures do not validate.",
        DnsOutcome.ServFail =>
            "Try again later; if it stays, check the domain's name servers and its DNSSEC signatures.",
        DnsOutcome.Refused => "Ask a DNS server that serves this machine.",
        DnsOutcome.AliasLoop => "Correct the CNAME records of the domain.",
        _ => "Check the network and the addresses of the DNS servers; port 53 must be open for UDP and TCP.",
    };
}
