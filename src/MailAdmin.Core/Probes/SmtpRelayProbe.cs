using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.DomainChecks.Mx;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Probes;

/// <summary>
/// Asks a server with MAIL and RCPT whether it would take mail from here, over IPv4 and IPv6 where it has both, as it
/// may know this machine by one address and not by the other. RSET gives the transaction up.
/// </summary>
/// <param name="dns">Finds out whose mail exchanger the server is; null leaves that open.</param>
/// <param name="resolver">Looks up host names; null for the system's resolver.</param>
/// <param name="catalog">Names the method; null for the built-in catalogue.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class SmtpRelayProbe(
    IDnsResolver? dns = null,
    HostResolver? resolver = null,
    SendMethodCatalog? catalog = null,
    TimeProvider? time = null)
{
    // What a side question adds to the time of the test.
    private static readonly TimeSpan PatienceWithDns = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly HostResolver _resolver = resolver ?? System.Net.Dns.GetHostAddressesAsync;
    private readonly RelayJudge _judge = new(catalog ?? SendMethodCatalog.BuiltIn);

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
        var question = new RelayQuestion(from, to, transcript);
        using var aside = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var serving = Task.WhenAll(
            MailExchangers.IncludeAsync(dns, route.Host, from?.Domain, aside.Token),
            MailExchangers.IncludeAsync(dns, route.Host, to.Domain, aside.Token));
        var attempts = await TryAllAsync(route, question, cancellationToken).ConfigureAwait(false);
        var main = attempts.FirstOrDefault(a => a.IsAccepted)
            ?? attempts.FirstOrDefault(a => a.RemoteAddress is not null)
            ?? attempts[0];
        var serves = await AnswerAsync(serving, cancellationToken).ConfigureAwait(false);
        await aside.CancelAsync().ConfigureAwait(false);
        var finding = _judge.Judge(new RelayEvidence(route, from, to)
        {
            IsAccepted = main.IsAccepted,
            ServesSender = serves[0],
            ServesRecipient = serves[1],
            Server = main.RemoteAddress?.Address,
            Client = main.SeenAddress ?? PublicOnly(main.LocalAddress?.Address),
        });
        var sent = main.IsAccepted && testMessage is not null
            ? await SendAsync(route, main, testMessage, question, cancellationToken).ConfigureAwait(false)
            : null;
        return new SmtpRelayResult
        {
            Server = route.Server,
            From = from,
            To = to,
            IsAccepted = main.IsAccepted,
            Method = finding.Method,
            MethodReason = finding.Reason,
            IsOpenRelaySuspected = finding.MayBeOpenRelay,
            SeenAddress = main.SeenAddress,
            Attempts = attempts,
            Stages = sent is null ? main.Stages : main.Stages.Append(sent).ToArray(),
            Warnings =
            [
                .. main.Warnings,
                .. FamilyDifferences.Explain(attempts),
                .. finding.MayBeOpenRelay ? [finding.Reason] : Array.Empty<string>(),
            ],
            RemoteAddress = main.RemoteAddress,
            LocalAddress = main.LocalAddress,
            TlsProtocol = main.TlsProtocol,
            Duration = _time.GetElapsedTime(began),
            Transcript = attempts.SelectMany(a => a.Transcript).ToArray(),
            MessageId = sent is { Verdict: ProbeVerdict.Passed } ? testMessage!.MessageId : null,
        };
    }

    private static IPAddress? PublicOnly(IPAddress? address) =>
        address is null || SpecialAddresses.Include(address) ? null : address;

    /// <summary>What the DNS said by now, or says in a moment.</summary>
    private async Task<bool?[]> AnswerAsync(Task<bool?[]> asked, CancellationToken cancellationToken)
    {
        try
        {
            return await asked.WaitAsync(PatienceWithDns, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return [null, null];
        }
    }

    /// <summary>
    /// One attempt, or one for each version of IP where the name has addresses of both; a login is tried once, as each
    /// wrong one brings the account nearer to being locked.
    /// </summary>
    private async Task<SmtpRelayAttempt[]> TryAllAsync(
        SmtpRoute route, RelayQuestion question, CancellationToken cancellationToken)
    {
        var dial = route.Dial;
        if (dial.AddressFamily != AddressFamily.Unspecified || dial.SourceAddress is not null || dial.Proxy is not null
            || route.Credential is not null || IPAddress.TryParse(route.Host.Trim('[', ']'), out _))
        {
            return [await TryAsync(route, _resolver, question, cancellationToken).ConfigureAwait(false)];
        }

        async Task<IPAddress[]> LookUpAsync() => await _resolver(route.Host, cancellationToken).ConfigureAwait(false);
        var lookup = LookUpAsync();
        var first = TryAsync(
            route, async (_, _) => OfFamily(await lookup.ConfigureAwait(false), 0), question, cancellationToken);
        await Task.WhenAny(lookup, first).ConfigureAwait(false);
        if (!lookup.IsCompletedSuccessfully ||
            OfFamily(await lookup.ConfigureAwait(false), 1) is not { Length: > 0 } others)
        {
            return [await first.ConfigureAwait(false)];
        }

        var second = TryAsync(route, (_, _) => Task.FromResult(others), question, cancellationToken);
        return await Task.WhenAll(first, second).ConfigureAwait(false);
    }

    /// <summary>The addresses of the first version of IP among them, or of the other one.</summary>
    private static IPAddress[] OfFamily(IPAddress[] found, int place) =>
        found.GroupBy(address => address.AddressFamily).ElementAtOrDefault(place)?.ToArray() ?? [];

    private async Task<SmtpRelayAttempt> TryAsync(
        SmtpRoute route, HostResolver resolver, RelayQuestion question, CancellationToken cancellationToken)
    {
        var (from, to, transcript) = question;
        var lines = new TranscriptLines(transcript);
        var probe = new ProbeSession(route, resolver, lines, _time);
        await probe.RunAsync(
            async session =>
            {
                var client = session.Client;
                var parameters = MailWish.For(client, from, to);
                await client.MailFromAsync(from, parameters, cancellationToken).ConfigureAwait(false);
                await client.RcptToAsync(to, cancellationToken).ConfigureAwait(false);
                await client.RsetAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        ProbeStage[] login = route.Credential is null ? [] : [ProbeStage.Auth];
        var recorder = probe.Recorder;
        var stages = recorder.Finish(
            [.. ProbePlan.UntilReady(route), .. login, ProbeStage.MailFrom, ProbeStage.RcptTo]);
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
        RelayQuestion question,
        CancellationToken cancellationToken)
    {
        var sending = route with { Dial = route.Dial with { AddressFamily = FamilyOf(route, accepted) } };
        var transport = new SmtpTransport(sending, new TcpDialer(_resolver, _time), question.Transcript, _time);
        await using (transport.ConfigureAwait(false))
        {
            var report = await transport
                .SendAsync(
                    new OutgoingMessage(message, new Envelope(question.From, [question.To])), null, cancellationToken)
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
