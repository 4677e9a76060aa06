using MailAdmin.Dns.Mail;

namespace MailAdmin.Cli.Output;

/// <summary>A host of a domain's mail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Preference">The lowest comes first; null for an implicit one.</param>
/// <param name="Addresses">IPv4 and IPv6.</param>
/// <param name="AliasOf">What it is an alias of, against the rules; mostly null.</param>
/// <param name="Provider">The service that it belongs to.</param>
/// <param name="Tlsa">The TLSA records of port 25 as in a zone file.</param>
/// <param name="FitsMtaSts">Whether the MTA-STS policy names it; null when none is in force.</param>
/// <param name="Fault">Why mail cannot go there; null when it can.</param>
internal sealed record MxHostJson(
    string Name,
    int? Preference,
    IReadOnlyList<string> Addresses,
    string? AliasOf,
    string? Provider,
    IReadOnlyList<string> Tlsa,
    bool? FitsMtaSts,
    string? Fault)
{
    public static MxHostJson Of(MxEndpointHost host) => new(
        host.Name,
        host.Preference,
        [.. host.Addresses.Select(address => address.ToString())],
        host.AliasOf,
        host.Provider,
        [.. host.Tlsa.Select(record => record.Data)],
        host.FitsMtaSts,
        host.Fault);
}
