using System.Net;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>One session that is watched: set up as the transport does it, then a dialogue, then QUIT.</summary>
internal sealed class ProbeSession
{
    // What a probe found does not depend on QUIT, so nobody should wait for it.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(750);

    private readonly SmtpConnector _connector;

    public ProbeSession(SmtpRoute route, HostResolver? resolver, ITranscript? transcript, TimeProvider time)
    {
        var timeouts = route.Timeouts;
        Route = route with { Timeouts = timeouts with { Quit = timeouts.Quit < Farewell ? timeouts.Quit : Farewell } };
        var reached = route.Dial.Proxy?.Host ?? route.Host;
        Recorder = new StageRecorder(
            IPAddress.TryParse(reached.Trim('[', ']'), out _) ? ProbeStage.Tcp : ProbeStage.Dns, time);
        resolver ??= System.Net.Dns.GetHostAddressesAsync;
        var dialer = new TcpDialer(
            async (host, token) =>
            {
                var addresses = await resolver(host, token).ConfigureAwait(false);
                Recorder.Resolved(addresses);
                return addresses;
            },
            time);
        _connector = new SmtpConnector(Route, dialer, transcript, Recorder);
    }

    public SmtpRoute Route { get; }

    public StageRecorder Recorder { get; }

    /// <summary>
    /// Sets the session up and has the dialogue; what fails on the way is in the recorder, not an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RunAsync(Func<SmtpSession, Task> dialogue, CancellationToken cancellationToken)
    {
        SmtpSession session;
        try
        {
            session = await _connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MailException e)
        {
            Recorder.Failed(_connector.Stage, e);
            return;
        }

        await using (session.ConfigureAwait(false))
        {
            try
            {
                await dialogue(session).ConfigureAwait(false);
            }
            catch (MailException e)
            {
                Recorder.Failed((e as SmtpException)?.Stage ?? session.Client.Stage, e);
            }

            await session.QuitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
