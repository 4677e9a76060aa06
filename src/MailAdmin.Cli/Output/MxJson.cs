using MailAdmin.Dns.Mail;

namespace MailAdmin.Cli.Output;

/// <summary>Where a domain's mail goes, as <c>--json</c> writes it.</summary>
/// <param name="Domain">The domain for people.</param>
/// <param name="Kind">Mx, Implicit, Null or None.</param>
/// <param name="SmartHost">The name to type into a device; null for none.</param>
/// <param name="Provider">The service, such as <c>Microsoft365</c>; null for none that is known.</param>
/// <param name="Generation">The generation of Microsoft 365's endpoint.</param>
/// <param name="TimeToLive">Seconds that the answer holds.</param>
/// <param name="IsAuthenticated">Whether DNSSEC proves it.</param>
/// <param name="MtaSts">NotPublished, Unusable, Off, Testing or Enforced; null when nobody asked.</param>
/// <param name="Hosts">The hosts in the order in which they are tried.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record MxJson(
    string Domain,
    string Kind,
    string? SmartHost,
    string? Provider,
    string? Generation,
    long TimeToLive,
    bool IsAuthenticated,
    string? MtaSts,
    IReadOnlyList<MxHostJson> Hosts,
    IReadOnlyList<string> Warnings)
{
    public static MxJson Of(MxEndpoint endpoint) => new(
        endpoint.Domain.Unicode,
        endpoint.Kind.ToString(),
        endpoint.SmartHost,
        endpoint.Provider,
        endpoint.Generation,
        (long)endpoint.TimeToLive.TotalSeconds,
        endpoint.IsAuthenticated,
        endpoint.MtaSts?.State.ToString(),
        [.. endpoint.Hosts.Select(MxHostJson.Of)],
        endpoint.Warnings);
}
