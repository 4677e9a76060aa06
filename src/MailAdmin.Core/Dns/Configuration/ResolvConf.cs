using System.Globalization;
using System.Net;

namespace MailAdmin.Dns.Configuration;

/// <summary>Reads resolv.conf as resolv.conf(5) describes it, as far as absolute names are concerned.</summary>
internal static class ResolvConf
{
    public const string Path = "/etc/resolv.conf";

    private const int MaxTimeoutSeconds = 30;
    private const int MaxAttempts = 5;

    private static readonly DnsSettings Defaults = new(
        [new IPEndPoint(IPAddress.Loopback, DnsSettings.Port)],
        TimeSpan.FromSeconds(5),
        2,
        TrustsAuthenticatedData: false,
        UsesTcpOnly: false);

    /// <summary>Reads the lines; what is not understood is passed over, as the system's resolver does.</summary>
    public static DnsSettings Read(IEnumerable<string> lines)
    {
        var settings = Defaults;
        var servers = new List<IPEndPoint>();
        foreach (var line in lines)
        {
            var words = line.Split(['#', ';'])[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var server, ..] && IPAddress.TryParse(server, out var address))
            {
                servers.Add(new IPEndPoint(address, DnsSettings.Port));
            }
            else if (words is ["options", .. var options])
            {
                settings = options.Aggregate(settings, Apply);
            }
        }

        return servers.Count == 0 ? settings : settings with { Servers = servers };
    }

    private static DnsSettings Apply(DnsSettings settings, string option) => option.Split(':') switch
    {
        ["timeout", var text] when TryRead(text, MaxTimeoutSeconds, out var seconds) =>
            settings with { Timeout = TimeSpan.FromSeconds(seconds) },
        ["attempts", var text] when TryRead(text, MaxAttempts, out var attempts) =>
            settings with { Attempts = attempts },
        ["trust-ad"] => settings with { TrustsAuthenticatedData = true },
        ["use-vc"] => settings with { UsesTcpOnly = true },
        _ => settings,
    };

    private static bool TryRead(string text, int most, out int number)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        number = Math.Clamp(number, 1, most);
        return isNumber;
    }
}
