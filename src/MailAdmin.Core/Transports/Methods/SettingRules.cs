using System.Net;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.Transports.Methods;

/// <summary>What is wrong with a device's settings for the method that they amount to. All rules are in this file.</summary>
internal static class SettingRules
{
    private const int ImplicitTlsPort = 465;
    private const int SubmissionPort = 587;

    public static IEnumerable<SettingFault> About(SendMethodFacts method, KnownHost? known, DeviceSettings settings) =>
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
        }.OfType<SettingFault>();

    private static SettingFault? Server(SendMethodFacts method, KnownHost? known, DeviceSettings settings)
    {
        var right = method.UsesMx ? settings.Endpoint?.SmartHost : method.Hosts.GetValueOrDefault(CloudEnvironment.Public);
        if (IPAddress.TryParse(settings.Server, out var address))
        {
            return SpecialAddresses.Include(address) ? null : new SettingFault(
                nameof(Server),
                $"{address} is an IP address; the service changes its addresses, and certificates are for names.",
                right is not null ? $"Set {right}."
                    : method.UsesMx ? "Set the SmartHost that Get-MxEndpoint finds for your domain."
                    : "Set the server's name.");
        }

        if (known is not null && (known.Use is not null || known.Method is null || known.Suffix is not null))
        {
            return new SettingFault(nameof(Server), known.Note, known.Use is null ? "Choose another server." : $"Set {known.Use}.");
        }

        return method.UsesMx && settings.Endpoint is { SmartHost: { } host } endpoint &&
            !endpoint.Hosts.Any(h => h.Name.Equals(settings.Server.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            ? new SettingFault(nameof(Server), $"The MX records of {endpoint.Domain} name another host.", $"Set {host}.")
            : null;
    }

    private static SettingFault? Field(SendMethodFacts method, DeviceSettings settings)
    {
        var host = method.UsesMx ? settings.Endpoint?.SmartHost ?? settings.Server : settings.Server;
        return settings.ServerFieldLength is { } length && host.Length > length
            ? new SettingFault(
                nameof(Server),
                $"{host} has {host.Length} characters, and the device's field takes {length}.",
                method.UsesMx
                    ? "Use client submission, whose server's name smtp.office365.com is short; never an IP address."
                    : "Use a server with a shorter name; never an IP address.")
            : null;
    }

    private static SettingFault? Port(SendMethodFacts method, DeviceSettings settings) =>
        method.Login == LoginKind.Server || settings.Port is not { } port || method.Ports.Contains(port) ? null : new SettingFault(
            nameof(Port),
            port == ImplicitTlsPort
                ? $"{method.Name} does not support port 465."
                : $"{method.Name} is not served at port {port}.",
            $"Set {method.Ports[0]}.");

    private static SettingFault? Security(SendMethodFacts method, DeviceSettings settings) => settings.Security switch
    {
        ConnectionSecurity.None when method.Tls == TlsNeed.Required => new SettingFault(
            nameof(Security), $"{method.Name} demands TLS, and the device has it off.", "Switch STARTTLS on."),
        ConnectionSecurity.Implicit when method.Login != LoginKind.Server &&
            (settings.Port ?? SubmissionPort) != ImplicitTlsPort => new SettingFault(
            nameof(Security), "TLS from the start of the connection is for port 465.", "Set STARTTLS, which some devices call TLS."),
        _ => null,
    };

    private static SettingFault? OldTls(SendMethodFacts method, KnownHost? known, DeviceSettings settings) =>
        settings.NoTls12 && method.Tls == TlsNeed.Required && (known is null || known.Host != method.LegacyTlsHost)
            ? new SettingFault(
                nameof(Security),
                $"{method.Name} demands TLS 1.2, and the device does not have it.",
                method.LegacyTlsHost is { } legacy
                    ? $"Update the device, use a mail server of your own, or set {legacy} after Set-TransportConfig -AllowLegacyTLSClients $true."
                    : "Update the device, or use a mail server of your own.")
            : null;

    private static SettingFault? Login(SendMethodFacts method, KnownHost? known, DeviceSettings settings) =>
        method.UsesMx && settings.Login is not null
            ? new SettingFault(
                nameof(Login), "An MX endpoint offers no login.", "Clear user name and password, or set smtp.office365.com at port 587.")
        : method.NeedsLogin && settings.Login is null && known is not { Use: null, Method: SendMethodId.Gmail }
            ? new SettingFault(
                nameof(Login),
                $"{method.Name} needs a login; without one the server answers 5.7.57 or the like.",
                "Set user name and password, or send without a login to the MX endpoint of your domain.")
        : null;

    private static SettingFault? From(SendMethodFacts method, DeviceSettings settings) =>
        method.Login == LoginKind.Mailbox && settings.From is { } from && settings.Login is { } login &&
        Mailbox.TryParse(login, out var mailbox, out _) && mailbox.Address != from
            ? new SettingFault(
                nameof(From),
                $"The device sends as {from} and logs in as {login}, which needs the permission Send As (5.7.60).",
                $"Send as {login}, or run Add-RecipientPermission {from} -Trustee {login} -AccessRights SendAs.")
        : method.UsesMx && settings is { From: { } sender, Endpoint: { } endpoint } && sender.Domain != endpoint.Domain
            ? new SettingFault(
                nameof(From),
                $"{sender} is not in {endpoint.Domain}.",
                "The sender must be in an accepted domain of the organisation.")
        : null;

    private static SettingFault? Recipients(SendMethodFacts method, DeviceSettings settings) =>
        !method.External && settings.HasOutsideRecipients
            ? new SettingFault(
                nameof(Recipients),
                $"{method.Name} reaches people of the own organisation only.",
                "Use client submission, or relay through a connector, for people outside.")
        : method.Id == SendMethodId.Relay && settings.HasConnector is null
            ? new SettingFault(
                nameof(Recipients),
                "People outside get mail only if a connector knows the device.",
                "Check Get-InboundConnector for the device's address or certificate.")
        : null;
}
