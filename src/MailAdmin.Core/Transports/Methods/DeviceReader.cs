using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.Transports.Methods;

/// <summary>Reads which method a device's present settings amount to, and what is wrong with them.</summary>
/// <param name="catalog">The methods and their hosts.</param>
/// <param name="providers">The services to recognise by their MX hosts; null for the built-in list.</param>
public sealed class DeviceReader(SendMethodCatalog catalog, MxProviderCatalog? providers = null)
{
    private readonly MxProviderCatalog _providers = providers ?? MxProviderCatalog.BuiltIn;

    /// <summary>The method, with <see cref="SendMethod.Faults"/>; its reasons say how it was recognised.</summary>
    public SendMethod Read(DeviceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (id, reason, known) = Recognise(settings);
        var method = catalog[id];
        SettingFault[] faults = [.. SettingRules.About(method, known, settings)];
        var wishes = new SendMethodWishes { Endpoint = settings.Endpoint };
        var host = method.UsesMx ? settings.Endpoint?.SmartHost : method.Hosts.GetValueOrDefault(CloudEnvironment.Public);
        return new SendMethod
        {
            Facts = method,
            AsOf = catalog.AsOf,
            Host = id == SendMethodId.OnPremises ? settings.Server : host,
            Faults = faults,
            Reasons = [new MethodReason(SendMethodVerdict.Fits, reason)],
            Verdict = faults.Length == 0 ? SendMethodVerdict.Fits : SendMethodVerdict.FitsWithConditions,
            SetUp = SetUpText.For(method, wishes, host),
        };
    }

    private (SendMethodId Id, string Reason, KnownHost? Known) Recognise(DeviceSettings settings)
    {
        var server = settings.Server.TrimEnd('.');
        if (IPAddress.TryParse(server, out var address))
        {
            return SpecialAddresses.Include(address)
                ? (SendMethodId.OnPremises, $"{address} is an address of a private network.", null)
                : settings.Login is not null
                    ? (SendMethodId.Submission, $"{address} is a public address, and the device logs in.", null)
                    : (OfMx(settings), $"{address} is a public address, and the device does not log in.", null);
        }

        if (catalog.KnownHosts.FirstOrDefault(host => host.Includes(server)) is { } known)
        {
            return (known.Method ?? SendMethodId.OnPremises, $"{server} is a name that devices are set up with.", known);
        }

        if (catalog.Methods.FirstOrDefault(m => m.Hosts.Values.Contains(server, StringComparer.OrdinalIgnoreCase)) is { } fixedHost)
        {
            return (fixedHost.Id, $"{server} is the server of {fixedHost.Name}.", null);
        }

        if (DnsName.TryParse(server, out var name, out _) && _providers.TryFind(name, out var provider, out _) &&
            provider.Id == MxProviderCatalog.Microsoft365)
        {
            var id = OfMx(settings);
            return (id, $"{server} is an MX endpoint of Microsoft 365, {Why(id, settings)}.", null);
        }

        return (SendMethodId.OnPremises, $"{server} is no server of Microsoft 365, Azure or Google.", null);
    }

    // Without a connector, the endpoint treats the device as any sender from the internet.
    private static SendMethodId OfMx(DeviceSettings settings) =>
        settings.HasConnector ?? settings.HasOutsideRecipients ? SendMethodId.Relay : SendMethodId.DirectSend;

    private static string Why(SendMethodId id, DeviceSettings settings) => (id, settings.HasConnector) switch
    {
        (_, true) => "and a connector knows the device",
        (_, false) => "and no connector knows the device",
        (SendMethodId.Relay, _) => "and people outside are to get mail, which needs a connector",
        _ => "and no connector was mentioned",
    };
}
