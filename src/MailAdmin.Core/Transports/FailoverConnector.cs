using System.Net;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Makes a session with the first host, and the first of its addresses, that gives one (RFC 5321 §5.1). Only what says
/// nothing about the mail leads on: no connection, one that breaks or stays silent before EHLO is answered, or a
/// greeting or EHLO refused for now (4yz). A refused login, bad TLS or a refusal for good is the route's answer.
/// </summary>
internal sealed class FailoverConnector
{
    // RFC 5321 §5.1 lets a client stop after a few; a domain with twenty hosts that are all down keeps nobody waiting.
    private const int MaxAttempts = 10;

    private readonly SmtpRoute _route;
    private readonly DialRecorder _dialer;
    private readonly ITranscript? _transcript;
    private readonly IReadOnlyList<string> _hosts;

    internal FailoverConnector(SmtpRoute route, IDialer dialer, ITranscript? transcript)
    {
        _route = route;
        _dialer = new DialRecorder(dialer);
        _transcript = transcript;
        _hosts = route.FailsOver ? [route.Host, .. route.FurtherHosts] : [route.Host];
    }

    /// <summary>The stage at which the last attempt failed.</summary>
    internal SmtpStage Stage { get; private set; }

    internal async Task<SmtpSession> ConnectAsync(SaslCredential? login, CancellationToken cancellationToken)
    {
        var failures = new List<HostFailure>();
        foreach (var host in _hosts)
        {
            var tried = new HashSet<IPAddress>();
            bool hasMore;
            do
            {
                var route = _route with
                {
                    Host = host,
                    Credential = login,
                    Dial = _route.Dial with { ExceptAddresses = tried },
                };
                var connector = new SmtpConnector(route, _dialer, _transcript);
                try
                {
                    var session = await connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
                    session.Server = route.Server;
                    return session;
                }
                catch (MailException e) when (_route.FailsOver && LeadsOn(e, connector.Stage))
                {
                    Stage = connector.Stage;
                    hasMore = Note(failures, new HostFailure(route.Server, connector.Stage, e), tried);
                }
                catch
                {
                    Stage = connector.Stage;
                    throw;
                }
            }
            while (hasMore && failures.Count < MaxAttempts);
        }

        throw failures.Count == 1 ? failures[0].Cause : new NoHostAvailableException(failures);
    }

    private static bool LeadsOn(MailException failure, SmtpStage stage) => failure switch
    {
        ConnectException => true,
        ConnectionLostException or PeerTimeoutException => stage <= SmtpStage.Ehlo && stage != SmtpStage.Tls,
        SmtpCommandException { Reply.IsTransientFailure: true } => stage is SmtpStage.Greeting or SmtpStage.Ehlo,
        _ => false,
    };

    /// <returns>True when the host may have another address to try.</returns>
    private bool Note(List<HostFailure> failures, HostFailure failure, HashSet<IPAddress> tried)
    {
        // Without a connection, the dialer has tried all addresses that were left; if none was, that is no news.
        var isConnected = failure.Cause is not ConnectException;
        if (isConnected || tried.Count == 0 || ((ConnectException)failure.Cause).Attempts.Count > 0)
        {
            failures.Add(failure);
        }

        _transcript?.Note($"{failure.Server}: {failure.Cause.Message}");
        return isConnected && _route.Dial.Proxy is null && _dialer.LastAddress is { } address && tried.Add(address);
    }
}
