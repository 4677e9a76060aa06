using MailAdmin.Dns;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>
/// How long a test waits where the user does not say: nobody waits RFC 5321's minutes for an outcome.
/// </summary>
public static class ProbePatience
{
    /// <summary>For connecting and for each answer; 15 seconds.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    /// <summary>For what the DNS adds, as that is a side matter: 2 seconds for each server, asked once.</summary>
    public static DnsClientOptions Dns { get; } = new() { Timeout = TimeSpan.FromSeconds(2), Attempts = 1 };

    /// <summary>The route with this limit for everything.</summary>
    public static SmtpRoute Apply(SmtpRoute route) => route with
    {
        Timeouts = SmtpTimeouts.All(Limit),
        Dial = route.Dial with { ConnectTimeout = Limit },
    };
}
