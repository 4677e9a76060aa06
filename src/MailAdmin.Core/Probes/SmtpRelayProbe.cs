using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>
/// Asks a server with MAIL and RCPT whether it would take mail from here, over IPv4 and IPv6 where it has both, as it
/// may know this machine by one address and not by the other. RSET gives the transaction up.
/// </summary>
/// <param name="dns">Finds out whose mail exchanger the server is; null leaves that open.</param>
/// <param name="resolver">Looks up host names; null for the system's resolver.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class SmtpRelayProbe(IDnsResolver? dns = null, HostResolver? resolver = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly HostResolver _resolver = resolver ?? System.Net.Dns.GetHostAddressesAsync;

    /// <summary>Runs the probe; whatever the server or the network does is in the result.</summary>
    /// <param name="route">The way.</param>
    /// <param name="from">The sender to try; null for the empty one.</param>
    /// <param name="to">The recipient to try.</param>
    /// <param name="testMessage">A message to send if both are accepted; null to send none.</param>
    /// <param name="transcript">Where to record the conversation besides the result; null for nowhere.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SmtpRelayResult> RunAsync(
        SmtpRoute route,
        EmailAddress? from,
        EmailAddress to,
        IMessageWriter? testMessage,
        ITranscript? transcript,
        CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var serves = Task.WhenAll(
            RelayJudge.ServesAsync(dns, route.Host, from?.Domain, cancellationToken),
            RelayJudge.ServesAsync(dns, route.Host, to.Domain, cancellationToken));
        var families = await FamiliesAsync(route, cancellationToken).ConfigureAwait(false);
        var attempts = await Task.WhenAll(families.Select(family =>
            TryAsync(route with { Dial = route.Dial with { AddressFamily = family } }, from, to, transcript, cancellationToken)))
            .ConfigureAwait(false);
        var known = await serves.ConfigureAwait(false);
        var main = attempts.FirstOrDefault(a => a.IsAccepted) ?? attempts.FirstOrDefault(a => a.RemoteAddress is not null) ?? attempts[0];
        var method = main.IsAccepted ? RelayJudge.Name(route, known[0], known[1]) : RelayMethod.Unknown;
        var sent = main.IsAccepted && testMessage is not null
            ? await SendAsync(route, main, testMessage, from, to, transcript, cancellationToken).ConfigureAwait(false)
            : null;
        return new SmtpRelayResult
        {
            Server = route.Server,
            From = from,
            To = to,
            IsAccepted = main.IsAccepted,
            Method = method,
            SeenAddress = main.SeenAddress,
            Attempts = attempts,
            Stages = sent is null ? main.Stages : main.Stages.Append(sent).ToArray(),
            Warnings = main.Warnings
                .Concat(FamilyDifferences.Explain(attempts))
                .Concat(One(RelayJudge.Explain(method, route)))
                .ToArray(),
            RemoteAddress = main.RemoteAddress,
            LocalAddress = main.LocalAddress,
            TlsProtocol = main.TlsProtocol,
            Duration = _time.GetElapsedTime(began),
            Transcript = attempts.SelectMany(a => a.Transcript).ToArray(),
            MessageId = sent is { Verdict: ProbeVerdict.Passed } ? testMessage!.MessageId : null,
        };
    }

    private static IEnumerable<string> One(string? text) => text is null ? [] : [text];

    /// <summary>The versions of IP to try, each by itself where the server has both.</summary>
    private async Task<IReadOnlyList<AddressFamily>> FamiliesAsync(SmtpRoute route, CancellationToken cancellationToken)
    {
        var dial = route.Dial;
        if (dial.AddressFamily != AddressFamily.Unspecified || dial.SourceAddress is not null || dial.Proxy is not null
            || IPAddress.TryParse(route.Host.Trim('[', ']'), out _))
        {
            return [dial.AddressFamily];
        }

        try
        {
            var found = await _resolver(route.Host, cancellationToken)
                .WaitAsync(dial.ConnectTimeout, _time, cancellationToken)
                .ConfigureAwait(false);
            var families = found.Select(a => a.AddressFamily).Distinct().ToArray();
            return families.Length > 1 ? families : [AddressFamily.Unspecified];
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            // The attempt looks the name up again, and says what is wrong.
            return [AddressFamily.Unspecified];
        }
    }

    private async Task<SmtpRelayAttempt> TryAsync(
        SmtpRoute route,
        EmailAddress? from,
        EmailAddress to,
        ITranscript? transcript,
        CancellationToken cancellationToken)
    {
        var lines = new TranscriptLines(transcript);
        var probe = new ProbeSession(route, _resolver, lines, _time);
        await probe.RunAsync(
            async session =>
            {
                var client = session.Client;
                await client.MailFromAsync(from, MailWish.For(client, from, to), cancellationToken).ConfigureAwait(false);
                await client.RcptToAsync(to, cancellationToken).ConfigureAwait(false);
                await client.RsetAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        ProbeStage[] login = route.Credential is null ? [] : [ProbeStage.Auth];
        var recorder = probe.Recorder;
        var stages = recorder.Finish([.. ProbePlan.UntilReady(route), .. login, ProbeStage.MailFrom, ProbeStage.RcptTo]);
        var connection = recorder.Connection;
        return new SmtpRelayAttempt
        {
            Server = route.Server,
            Stages = stages,
            Warnings = recorder.Warnings,
            RemoteAddress = connection?.RemoteEndPoint,
            LocalAddress = connection?.LocalEndPoint,
            TlsProtocol = connection?.Tls?.Protocol,
            SeenAddress = ClientAddressFinder.Find(
                stages.LastOrDefault(s => s.Stage == ProbeStage.Ehlo)?.Reply,
                stages.FirstOrDefault(s => s is { Verdict: ProbeVerdict.Failed, Reply: not null })?.Reply,
                connection?.RemoteEndPoint is { } remote && !remote.Address.Equals(connection.LocalEndPoint?.Address)
                    ? new HashSet<IPAddress> { remote.Address }
                    : new HashSet<IPAddress>()),
            Duration = recorder.Elapsed,
            Transcript = lines.Lines,
        };
    }

    private async Task<ProbeStageResult> SendAsync(
        SmtpRoute route,
        SmtpRelayAttempt accepted,
        IMessageWriter message,
        EmailAddress? from,
        EmailAddress to,
        ITranscript? transcript,
        CancellationToken cancellationToken)
    {
        var sending = route with { Dial = route.Dial with { AddressFamily = FamilyOf(route, accepted) } };
        var transport = new SmtpTransport(sending, new TcpDialer(_resolver, _time), transcript, _time);
        await using (transport.ConfigureAwait(false))
        {
            var report = await transport
                .SendAsync(new OutgoingMessage(message, new Envelope(from, [to])), null, cancellationToken)
                .ConfigureAwait(false);
            var detail = report.Error?.Message ?? report.Reply?.ToString() ?? "";
            var verdict = report.Status == DeliveryStatus.Sent ? ProbeVerdict.Passed : ProbeVerdict.Failed;
            return new ProbeStageResult(ProbeStage.Message, verdict, report.Duration, detail)
            {
                Reply = report.Reply,
                Error = report.Error,
            };
        }
    }

    private static AddressFamily FamilyOf(SmtpRoute route, SmtpRelayAttempt accepted) =>
        route.Dial.Proxy is null && accepted.RemoteAddress is { } remote
            ? remote.AddressFamily
            : route.Dial.AddressFamily;
}
