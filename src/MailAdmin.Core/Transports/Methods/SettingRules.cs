using System.Net;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// What is wrong with a device's settings for the method that they amount to. All rules are in this file.
/// </summary>
internal static class SettingRules
{
    private const int ImplicitTlsPort = 465;
    private const int SubmissionPort = 587;

    public static IEnumerable<SettingJudgement> About(
        SendMethodFacts method, KnownHost? known, DeviceSettings settings) =>
        new[]
        {
            Server(method, known, settings),
            Field(method, settings),
            Port(method, settings),
            Security(method, settings),
            OldTls(method, known, settings),
            Login(method, known, settings),
            From(method, settings),
            Recipients(method, settings),
        }.OfType<SettingJudgement>();

    private static SettingJudgement? Server(SendMethodFacts method, KnownHost? known, DeviceSettings settings)
    {
        var right = method.UsesMx
            ? settings.Endpoint?.SmartHost
            : method.Hosts.GetValueOrDefault(CloudEnvironment.Public);
        if (IPAddress.TryParse(settings.Server, out var address))
        {
            return SpecialAddresses.Include(address) ? null : new(nameof(Server), new Phrase(
                "ServerIsAddress",
                settings.Server,
                right is not null ? new Phrase("SetHost", right)
                    : method.UsesMx ? new Phrase("SetSmartHost")
                    : new Phrase("SetServerName")));
        }

        if (known is not null && (known.Use is not null || known.Method is null || known.Suffix is not null))
        {
            return new(nameof(Server), new Phrase(
                "ServerShouldNotBeSet",
                known.Note,
                known.Use is null ? new Phrase("ChooseOtherServer") : new Phrase("SetHost", known.Use)));
        }

        return method.UsesMx && settings.Endpoint is { SmartHost: { } host } endpoint &&
            !endpoint.Hosts.Any(h => h.Name.Equals(settings.Server.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            ? new(nameof(Server), new Phrase("ServerIsOtherMx", endpoint.Domain, host))
            : null;
    }

    private static SettingJudgement? Field(SendMethodFacts method, DeviceSettings settings)
    {
        var host = method.UsesMx ? settings.Endpoint?.SmartHost ?? settings.Server : settings.Server;
        return settings.ServerFieldLength is not { } length || host.Length <= length ? null
            : new(nameof(Server), method.UsesMx
                ? new Phrase("FieldTooShortForMx", host, host.Length, length)
                : new Phrase("FieldTooShortForServer", host, host.Length, length));
    }

    private static SettingJudgement? Port(SendMethodFacts method, DeviceSettings settings) =>
        method.Login == LoginKind.Server || settings.Port is not { } port || method.Ports.Contains(port) ? null
        : new(nameof(Port), port == ImplicitTlsPort
            ? new Phrase("Port465NotSupported", method.Name, method.Ports[0])
            : new Phrase("PortNotServed", method.Name, port, method.Ports[0]));

    private static SettingJudgement? Security(SendMethodFacts method, DeviceSettings settings) =>
        settings.Security switch
    {
        ConnectionSecurity.None when method.Tls == TlsNeed.Required =>
            new(nameof(Security), new Phrase("TlsIsOff", method.Name)),
        ConnectionSecurity.Implicit when method.Login != LoginKind.Server &&
            (settings.Port ?? SubmissionPort) != ImplicitTlsPort =>
            new(nameof(Security), new Phrase("ImplicitTlsElsewhere")),
        _ => null,
    };

    private static SettingJudgement? OldTls(SendMethodFacts method, KnownHost? known, DeviceSettings settings) =>
        settings.NoTls12 && method.Tls == TlsNeed.Required && (known is null || known.Host != method.LegacyTlsHost)
            ? new(nameof(Security), method.LegacyTlsHost is { } legacy
                ? new Phrase("OldTlsWithLegacyHost", method.Name, legacy)
                : new Phrase("OldTls", method.Name))
            : null;

    private static SettingJudgement? Login(SendMethodFacts method, KnownHost? known, DeviceSettings settings) =>
        method.UsesMx && settings.Login is not null ? new(nameof(Login), new Phrase("LoginAtMx"))
        : method.NeedsLogin && settings.Login is null && known is not { Use: null, Method: SendMethodId.Gmail }
            ? new(nameof(Login), new Phrase("LoginMissing", method.Name))
        : null;

    private static SettingJudgement? From(SendMethodFacts method, DeviceSettings settings) =>
        method.Login == LoginKind.Mailbox && settings.From is { } from && settings.Login is { } login &&
        Mailbox.TryParse(login, out var mailbox, out _) && mailbox.Address != from
            ? new(nameof(From), new Phrase("SendAsNeeded", from, login))
        : method.UsesMx && settings is { From: { } sender, Endpoint: { } endpoint } && sender.Domain != endpoint.Domain
            ? new(nameof(From), new Phrase("SenderOutsideDomain", sender, endpoint.Domain))
        : null;

    private static SettingJudgement? Recipients(SendMethodFacts method, DeviceSettings settings) =>
        !method.External && settings.HasOutsideRecipients
            ? new(nameof(Recipients), new Phrase("OutsideRecipients", method.Name))
        : method.Id == SendMethodId.Relay && settings.HasConnector is null
            ? new(nameof(Recipients), new Phrase("ConnectorToBeChecked"))
        : null;
}
