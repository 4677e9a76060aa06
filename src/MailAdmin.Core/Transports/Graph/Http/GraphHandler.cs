using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>
/// The way to the service: connections by the dialer, so that its look-up, addresses and proxies hold here as well; TLS
/// verified by the same judge as SMTP's. Redirects are not followed, as a request carries a token.
/// </summary>
internal static class GraphHandler
{
    private static readonly TimeSpan TlsPatience = TimeSpan.FromMinutes(1);

    public static SocketsHttpHandler Create(
        GraphRoute route, IDialer dialer, ITranscript? transcript, TimeProvider time, GraphPeer peer) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // The dialer goes through a proxy that was named; the system's own is left to .NET.
        UseProxy = route.Dial.Proxy is null,

        // The dialer's own time is within it, so that its failure, which says more, comes first.
        ConnectTimeout = route.Dial.ConnectTimeout + TlsPatience,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = async (context, cancellationToken) =>
        {
            var place = context.DnsEndPoint;
            var connection = await dialer
                .DialAsync(place.Host, place.Port, route.Dial, transcript, cancellationToken)
                .ConfigureAwait(false);
            if (context.InitialRequestMessage.RequestUri?.Host == route.Address.Host)
            {
                peer.RemoteAddress = connection.RemoteEndPoint;
            }

            return connection.Detach();
        },
        PlaintextStreamFilter = (context, _) =>
        {
            if (context.PlaintextStream is SslStream tls &&
                context.InitialRequestMessage.RequestUri?.Host == route.Address.Host)
            {
                peer.TlsProtocol = tls.SslProtocol;
            }

            return ValueTask.FromResult(context.PlaintextStream);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = ChainPolicy(route, time),
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                Judge((SslStream)sender, certificate, chain, errors, time),
        },
    };

    private static X509ChainPolicy ChainPolicy(GraphRoute route, TimeProvider time)
    {
        var options = new TlsClientOptions { TargetHost = route.Address.Host, TrustedRoots = route.TrustedRoots };
        var policy = ClientTlsHandshake.ChainPolicy(options, time);

        // One policy serves connections that are made much later.
        policy.VerificationTimeIgnored = true;
        return policy;
    }

    private static bool Judge(
        SslStream stream, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, TimeProvider time)
    {
        var host = stream.TargetHostName;
        var faults = CertificateJudge.FindFaults(
            host, certificate as X509Certificate2, chain, errors, time.GetUtcNow());
        return faults.All(f => f.IsOnlyWarning) ? true : throw new CertificateException(host, faults);
    }
}
