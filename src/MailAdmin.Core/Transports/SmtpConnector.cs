using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Makes sessions for a route: connect, TLS, greeting, EHLO, STARTTLS, AUTH. A failure on the way takes leave with QUIT
/// where the session allows that, and leaves no connection behind.
/// </summary>
/// <param name="route">The way.</param>
/// <param name="dialer">The network.</param>
/// <param name="transcript">Where the dialogue is recorded; null for nowhere.</param>
/// <param name="observer">Who is told of each stage; null for nobody.</param>
internal sealed class SmtpConnector(
    SmtpRoute route, IDialer dialer, ITranscript? transcript, ISmtpObserver? observer = null)
{
    /// <summary>The stage at which the last attempt failed.</summary>
    internal SmtpStage Stage { get; private set; }

    internal async Task<SmtpSession> ConnectAsync(CancellationToken cancellationToken)
    {
        var security = route.EffectiveSecurity;
        if (security != ConnectionSecurity.StartTlsWhenAvailable)
        {
            return await ConnectAsync(security, [], cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await ConnectAsync(security, [], cancellationToken).ConfigureAwait(false);
        }
        catch (TlsFailedException e) when (Stage == SmtpStage.Tls)
        {
            var warning = $"TLS with {route.Server} failed, so the connection is not encrypted: {e.Message}";
            observer?.WentWithoutTls(warning);
            return await ConnectAsync(ConnectionSecurity.None, [warning], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SmtpSession> ConnectAsync(
        ConnectionSecurity security, List<string> warnings, CancellationToken cancellationToken)
    {
        Stage = SmtpStage.Connect;
        observer?.Entered(SmtpStage.Connect);
        var connection = await dialer
            .DialAsync(route.Host, route.EffectivePort, route.Dial, transcript, cancellationToken)
            .ConfigureAwait(false);
        observer?.Connected(connection);
        var client = new SmtpClient(connection, route.Timeouts) { Observer = observer };
        var session = new SmtpSession(client, warnings);
        try
        {
            await SetUpAsync(client, security, warnings, cancellationToken).ConfigureAwait(false);
            if (connection.Tls is { Warnings: { Count: > 0 } found })
            {
                warnings.AddRange(found);
            }

            return session;
        }
        catch (Exception e)
        {
            Stage = (e as SmtpException)?.Stage ?? client.Stage;
            if (e is MailException failure)
            {
                observer?.Failed(Stage, failure);
            }

            // After anything but a verdict of one of the two sides there is nobody left to talk to.
            var canQuit = e is SmtpException and not SmtpProtocolException or SaslException;
            await (canQuit ? session.QuitAsync(cancellationToken) : session.DisposeAsync()).ConfigureAwait(false);
            throw;
        }
    }

    private async Task SetUpAsync(
        SmtpClient client, ConnectionSecurity security, List<string> warnings, CancellationToken cancellationToken)
    {
        if (security == ConnectionSecurity.Implicit)
        {
            await client.BeginTlsAsync(route.TlsOptions, cancellationToken).ConfigureAwait(false);
        }

        await client.ReadGreetingAsync(cancellationToken).ConfigureAwait(false);
        var localHost = route.LocalHost ?? LocalHostName.Choose(client.Connection.LocalEndPoint?.Address);
        await client.EhloAsync(localHost, cancellationToken).ConfigureAwait(false);
        if (security is ConnectionSecurity.StartTls or ConnectionSecurity.StartTlsWhenAvailable &&
            await StartTlsAsync(client, security == ConnectionSecurity.StartTls, warnings, cancellationToken)
                .ConfigureAwait(false))
        {
            await client.EhloAsync(localHost, cancellationToken).ConfigureAwait(false);
        }

        if (route.Credential is { } credential)
        {
            await LogInAsync(client, credential, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LogInAsync(SmtpClient client, SaslCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            await new SmtpAuthenticator(client)
                .AuthenticateAsync(credential, SaslContext(client), route.AllowPlaintextAuth, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AuthenticationFailedException e) when (credential is TokenCredential login)
        {
            // The source has just given the token that was refused, and keeps it.
            var token = await login.Source.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            throw RefusedToken.Explain(e, token, login.User, route);
        }
    }

    /// <returns>True under TLS.</returns>
    private async Task<bool> StartTlsAsync(
        SmtpClient client, bool required, List<string> warnings, CancellationToken cancellationToken)
    {
        if (!client.Capabilities.StartTls && required)
        {
            throw new StartTlsNotOfferedException(route.Server);
        }

        if (!client.Capabilities.StartTls)
        {
            observer?.WentWithoutTls($"{route.Server} does not offer STARTTLS, so the connection is not encrypted.");
            return false;
        }

        try
        {
            await client.StartTlsAsync(route.TlsOptions, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SmtpCommandException e) when (!required && client.IsOpen)
        {
            var warning =
                $"{route.Server} offers STARTTLS but refused it, so the connection is not encrypted: {e.Reply}";
            observer?.WentWithoutTls(warning);
            warnings.Add(warning);
            return false;
        }
    }

    private SaslContext SaslContext(SmtpClient client) => new()
    {
        Service = "smtp",
        Host = route.Host,
        Port = route.EffectivePort,
        IsSecure = client.Connection.IsSecure,
        Mechanism = route.Mechanism,
    };
}
