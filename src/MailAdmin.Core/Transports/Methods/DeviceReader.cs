using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.DomainChecks;
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
        var typed = ServerField.About(settings.Server);
        settings = settings with { Server = ServerField.HostIn(settings.Server) };
        var (id, reason, known) = Recognise(settings);
        var method = catalog[id];
        var words = catalog.Words;
        SettingFault[] faults =
        [
            .. SettingRules.About(method, known, settings)
                .Prepend(typed)
                .OfType<SettingJudgement>()
                .Select(fault => new SettingFault(fault.Setting, words.Text(fault.Phrase), words.Advice(fault.Phrase))),
        ];
        var wishes = new SendMethodWishes { Endpoint = settings.Endpoint };
        var host = method.UsesMx
            ? settings.Endpoint?.SmartHost
            : method.Hosts.GetValueOrDefault(CloudEnvironment.Public);
        return new SendMethod
        {
            Facts = method,
            AsOf = catalog.AsOf,
            Host = id == SendMethodId.OnPremises ? settings.Server : host,
            Faults = faults,
            Reasons = [new MethodReason(SendMethodVerdict.Fits, words.Text(reason))],
            Verdict = faults.Length == 0 ? SendMethodVerdict.Fits : SendMethodVerdict.FitsWithConditions,
            SetUp = SetUpText.For(method, wishes, host, words),
            LimitTexts = MethodLimits.For(method, words),
        };
    }

    private (SendMethodId Id, Phrase Reason, KnownHost? Known) Recognise(DeviceSettings settings)
    {
        var server = settings.Server.TrimEnd('.');
        if (IPAddress.TryParse(server, out var address))
        {
            return SpecialAddresses.Include(address)
                ? (SendMethodId.OnPremises, new Phrase("PrivateAddress", server), null)
                : settings.Login is not null
                    ? (SendMethodId.Submission, new Phrase("PublicAddressWithLogin", server), null)
                    : (OfMx(settings), new Phrase("PublicAddressWithoutLogin", server), null);
        }

        if (catalog.KnownHosts.FirstOrDefault(host => host.Includes(server)) is { } known)
        {
            return (known.Method ?? SendMethodId.OnPremises, new Phrase("NameOfDevices", server), known);
        }

        var owner = catalog.Methods.FirstOrDefault(
            method => method.Hosts.Values.Contains(server, StringComparer.OrdinalIgnoreCase));
        if (owner is not null)
        {
            return (owner.Id, new Phrase("ServerOfMethod", server, owner.Name), null);
        }

        if (DnsName.TryParse(server, out var name, out _) && _providers.TryFind(name, out var provider, out _) &&
            provider.Id == MxProviderCatalog.Microsoft365)
        {
            var id = OfMx(settings);
            return (id, new Phrase("MxOfMicrosoft365", server, Why(id, settings)), null);
        }

        return (SendMethodId.OnPremises, new Phrase("OtherServer", server), null);
    }

    // Without a connector, the endpoint treats the device as any sender from the internet.
    private static SendMethodId OfMx(DeviceSettings settings) =>
        settings.HasConnector ?? settings.HasOutsideRecipients ? SendMethodId.Relay : SendMethodId.DirectSend;

    private static Phrase Why(SendMethodId id, DeviceSettings settings) => (id, settings.HasConnector) switch
    {
        (_, true) => new Phrase("ConnectorKnowsDevice"),
        (_, false) => new Phrase("NoConnectorKnowsDevice"),
        (SendMethodId.Relay, _) => new Phrase("OutsideNeedsConnector"),
        _ => new Phrase("NoConnectorMentioned"),
    };
}
