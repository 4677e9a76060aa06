using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>How long a test waits where the user does not say: nobody waits RFC 5321's minutes for an outcome.</summary>
public static class ProbePatience
{
    /// <summary>For connecting and for each answer; 15 seconds.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    /// <summary>The route with this limit for everything.</summary>
    public static SmtpRoute Apply(SmtpRoute route) => route with
    {
        Timeouts = SmtpTimeouts.All(Limit),
        Dial = route.Dial with { ConnectTimeout = Limit },
    };
}
