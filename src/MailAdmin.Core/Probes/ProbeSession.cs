using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>One session that is watched: set up as the transport does it, then a dialogue, then QUIT.</summary>
internal sealed class ProbeSession
{
    private readonly WatchedNetwork _network;
    private readonly SmtpConnector _connector;

    public ProbeSession(SmtpRoute route, HostResolver? resolver, ITranscript? transcript, TimeProvider time)
    {
        _network = new WatchedNetwork(route, resolver, time);
        _connector = new SmtpConnector(_network.Route, _network.Dialer, transcript, Recorder);
    }

    public StageRecorder Recorder => _network.Recorder;

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
