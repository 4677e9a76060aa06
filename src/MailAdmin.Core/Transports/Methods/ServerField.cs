using System.Globalization;
using System.Net;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>What people type into a device's field for the server, which takes a name or an address alone.</summary>
internal static class ServerField
{
    private const string SchemeEnd = "://";

    /// <summary>The name or address in it: without spaces around it, a scheme, a path or a port.</summary>
    public static string HostIn(string typed)
    {
        var host = typed.Trim();
        var scheme = host.IndexOf(SchemeEnd, StringComparison.Ordinal);
        host = (scheme < 0 ? host : host[(scheme + SchemeEnd.Length)..]).Split('/')[0];
        return host.Split(':') is [var name, var port] &&
            ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? name : host;
    }

    /// <summary>What is wrong with how it is written; null when nothing is.</summary>
    public static SettingJudgement? About(string typed)
    {
        var host = HostIn(typed);
        return !IPAddress.TryParse(host, out _) && !DomainName.TryParse(host, out _, out _)
                ? new(nameof(DeviceSettings.Server), new Phrase("ServerIsNoName", typed))
            : host != typed ? new(nameof(DeviceSettings.Server), new Phrase("ServerHoldsMore", host))
            : null;
    }
}
