using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks.Mx;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Probes;

/// <summary>
/// Names the method from the catalogue, from whose mail exchanger the server is, and from where the two sides are. An
/// acceptance alone makes no open relay: servers relay for addresses that they know. It takes a public server that has
/// no tie to either domain and no reason to know this machine.
/// </summary>
/// <param name="catalog">The methods and their hosts.</param>
internal sealed class RelayJudge(SendMethodCatalog catalog)
{
    // Neighbours of these sizes belong to one network as a rule.
    private const int OctetsOfNetworkFour = 3;
    private const int OctetsOfNetworkSix = 6;

    private readonly DeviceReader _reader = new(catalog);

    public RelayFinding Judge(RelayEvidence evidence)
    {
        var read = _reader.Read(new DeviceSettings
        {
            Server = evidence.Route.Host,
            Port = evidence.Route.EffectivePort,
            Security = evidence.Route.Security,
            Login = evidence.Route.Credential is null ? null : "",
            From = evidence.From,
            Recipients = [evidence.To],
        });
        var recognised = read.Reasons[0].Text;
        return evidence.Route.Credential is not null ? new(read.Id, $"{recognised} The way is that of a login.")
            : evidence.ServesRecipient == true ? new(
                SendMethodId.DirectSend,
                $"{evidence.Route.Host} is a mail exchanger of {evidence.To.Domain}, "
                + "which takes mail for it as from anybody.")
            : read.Id != SendMethodId.OnPremises ? new(read.Id, recognised)
            : JudgeOwn(evidence, recognised);
    }

    /// <summary>A server that none of the services is known by.</summary>
    private static RelayFinding JudgeOwn(RelayEvidence evidence, string recognised)
    {
        var reason = WhyTrusted(evidence);
        return reason is not null || !evidence.IsAccepted
            ? new(SendMethodId.OnPremises, reason ?? recognised)
            : new(SendMethodId.OnPremises, Suspicion(evidence), MayBeOpenRelay: true);
    }

    /// <summary>
    /// Why the server may take the mail although it is no open relay; null when nothing speaks for that.
    /// </summary>
    private static string? WhyTrusted(RelayEvidence evidence)
    {
        var host = evidence.Route.Host;
        return evidence.HasProof ? $"{host} may know this machine by its client certificate."
            : evidence.Server is not { } server ? $"{host} was not reached."
            : SpecialAddresses.Include(server)
                ? $"{host} is at {server}, which nobody outside can reach: it relays for machines that it knows."
            : evidence.Client is { } inside && SpecialAddresses.Include(inside)
                ? $"{host} sees this machine at {inside}, which nobody outside has: "
                + "it relays for machines that it knows."
            : evidence.Client is { } client && IsNear(server, client)
                ? $"{host} at {server} and this machine at {client} are neighbours, "
                + "so it may know this machine by its address."
            : evidence.ServesSender == true
                ? $"{host} is a mail exchanger of {evidence.From!.Domain}, so it is a server of the sender's, "
                + "which may know this machine by its address."
            : OwnDomain(evidence) is { } domain
                ? $"{host} is named within {domain}, so it is a server of one's own, "
                + "which may know this machine by its address."
            : evidence.ServesRecipient is null || (evidence.From is not null && evidence.ServesSender is null)
                ? $"{host} is no server of a known service; the DNS did not say whose mail it takes."
            : null;
    }

    private static string Suspicion(RelayEvidence evidence)
    {
        var client = evidence.Client is { } address ? $" ({address})" : "";
        var sender = evidence.From?.Domain.ToString() ?? "nobody";
        return $"{evidence.Route.Host} took mail from {sender} to {evidence.To.Domain} without a login or a "
            + $"certificate, although it is a public server ({evidence.Server}) and a mail exchanger of neither. "
            + $"Either it knows this machine's address{client} as one that may relay, or it is an open relay: repeat "
            + "the test from another network, where it must refuse.";
    }

    private static DomainName? OwnDomain(RelayEvidence evidence) =>
        evidence.From is { } from && IsWithin(evidence.Route.Host, from.Domain) ? from.Domain
        : IsWithin(evidence.Route.Host, evidence.To.Domain) ? evidence.To.Domain
        : null;

    private static bool IsWithin(string host, DomainName domain) =>
        host.TrimEnd('.').EndsWith($".{domain.Ascii}", StringComparison.OrdinalIgnoreCase);

    private static bool IsNear(IPAddress one, IPAddress other)
    {
        var octets = one.AddressFamily == AddressFamily.InterNetwork ? OctetsOfNetworkFour : OctetsOfNetworkSix;
        return one.AddressFamily == other.AddressFamily &&
            one.GetAddressBytes().AsSpan(0, octets).SequenceEqual(other.GetAddressBytes().AsSpan(0, octets));
    }
}
