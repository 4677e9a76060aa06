using System.Net;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>The real network with a recorder that sees the look-up of the name too.</summary>
internal sealed class WatchedNetwork
{
    // What a probe found does not depend on QUIT, so nobody should wait for it.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(750);

    public WatchedNetwork(SmtpRoute route, HostResolver? resolver, TimeProvider time)
    {
        var timeouts = route.Timeouts;
        Route = route with
        {
            Timeouts = timeouts with { Quit = timeouts.Quit < Farewell ? timeouts.Quit : Farewell },

            // A resumed session may show the certificate of another port.
            ResumesTls = false,
        };
        var reached = route.Dial.Proxy?.Host ?? route.Host;
        Recorder = new StageRecorder(
            IPAddress.TryParse(reached.Trim('[', ']'), out _) ? ProbeStage.Tcp : ProbeStage.Dns, time);
        resolver ??= System.Net.Dns.GetHostAddressesAsync;
        QuietDialer = new TcpDialer(resolver, time);
        Dialer = new TcpDialer(
            async (host, token) =>
            {
                var addresses = await resolver(host, token).ConfigureAwait(false);
                Recorder.Resolved(addresses);
                return addresses;
            },
            time);
    }

    /// <summary>The route, with a short farewell and full handshakes.</summary>
    public SmtpRoute Route { get; }

    public StageRecorder Recorder { get; }

    /// <summary>Tells the recorder of look-ups.</summary>
    public IDialer Dialer { get; }

    /// <summary>Tells it nothing, for what goes on beside the session that is watched.</summary>
    public IDialer QuietDialer { get; }
}
