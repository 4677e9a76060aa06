using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes.Tls;

/// <summary>Brings connections to the point where the server waits for a ClientHello.</summary>
internal sealed class TlsDoor(SmtpRoute route, IDialer dialer)
{
    /// <summary>True when TLS comes before all else.</summary>
    public bool IsImplicit => route.EffectiveSecurity == ConnectionSecurity.Implicit;

    /// <exception cref="MailException">It did not get there.</exception>
    public async Task<SmtpClient> OpenAsync(
        ISmtpObserver? observer, ITranscript? transcript, CancellationToken cancellationToken)
    {
        observer?.Entered(SmtpStage.Connect);
        var connection = await dialer
            .DialAsync(route.Host, route.EffectivePort, route.Dial, transcript, cancellationToken)
            .ConfigureAwait(false);
        observer?.Connected(connection);
        var client = new SmtpClient(connection, route.Timeouts) { Observer = observer };
        try
        {
            if (!IsImplicit)
            {
                await AskForTlsAsync(client, cancellationToken).ConfigureAwait(false);
            }

            return client;
        }
        catch (Exception e)
        {
            if (e is MailException failure)
            {
                observer?.Failed((e as SmtpException)?.Stage ?? client.Stage, failure);
                await client.QuitAsync(cancellationToken).ConfigureAwait(false);
            }

            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task AskForTlsAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        await client.ReadGreetingAsync(cancellationToken).ConfigureAwait(false);
        var localHost = route.LocalHost ?? LocalHostName.Choose(client.Connection.LocalEndPoint?.Address);
        await client.EhloAsync(localHost, cancellationToken).ConfigureAwait(false);
        if (!client.Capabilities.StartTls)
        {
            throw new StartTlsNotOfferedException(route.Server);
        }

        await client.RequestTlsAsync(cancellationToken).ConfigureAwait(false);
    }
}
