using System.Security.Cryptography;
using MailAdmin.Dns;
using MailAdmin.Net;
using MailAdmin.Probes.Tls;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>
/// Examines a server's TLS, from the first octet or behind STARTTLS: certificate, chain and DANE over one session of
/// the system's own TLS, then versions and cipher suites with hellos that the system would not send. No login, no mail.
/// </summary>
/// <param name="dns">Finds the TLSA records; null leaves DANE out.</param>
/// <param name="resolver">Looks up host names; null for the system's resolver.</param>
/// <param name="time">The clock; null for the system's.</param>
/// <param name="random">Where the hellos' random octets come from; null for the system's generator.</param>
public sealed class SmtpTlsProbe(
    IDnsResolver? dns = null,
    HostResolver? resolver = null,
    TimeProvider? time = null,
    RandomNumberGenerator? random = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly RandomNumberGenerator _random = random ?? RandomNumberGenerator.Create();

    /// <summary>Runs the probe; whatever the server or the network does is in the result.</summary>
    /// <param name="route">The way; its credential is not used.</param>
    /// <param name="withCiphers">Whether all cipher suites are found, which takes a connection for each.</param>
    /// <param name="progress">Told the number of hellos so far; null for nobody.</param>
    /// <param name="transcript">Where to record the first conversation besides the result; null for nowhere.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SmtpTlsResult> RunAsync(
        SmtpRoute route,
        bool withCiphers,
        IProgress<int>? progress,
        ITranscript? transcript,
        CancellationToken cancellationToken)
    {
        var lines = new TranscriptLines(transcript);
        var network = new WatchedNetwork(route, resolver, _time);
        var recorder = network.Recorder;
        var door = new TlsDoor(network.Route, network.Dialer);
        var dane = new DaneResult(DaneOutcome.NotChecked, "", [], "");
        var (isReached, session) = await InspectAsync(door, network, lines, cancellationToken).ConfigureAwait(false);
        if (session is not null)
        {
            recorder.Begin(ProbeStage.Dane);
            dane = await DaneLookup.RunAsync(dns, route, session, cancellationToken).ConfigureAwait(false);
            Judge(dane, recorder);
        }

        IReadOnlyList<TlsVersionResult> versions = [];
        if (isReached)
        {
            recorder.Begin(ProbeStage.TlsVersions);
            versions = await new TlsVersionScan(network.Route, new TlsDoor(network.Route, network.QuietDialer), _random)
                .RunAsync(withCiphers, progress, cancellationToken)
                .ConfigureAwait(false);
            recorder.Describe(TlsAdvice.List(versions));
            foreach (var warning in TlsAdvice.About(versions))
            {
                recorder.Warn(warning);
            }
        }

        return Result(route, recorder, session, versions, dane, lines);
    }

    private SmtpTlsResult Result(
        SmtpRoute route,
        StageRecorder recorder,
        TlsSession? session,
        IReadOnlyList<TlsVersionResult> versions,
        DaneResult dane,
        TranscriptLines lines) => new()
    {
        Server = route.Server,
        Stages = recorder.Finish([.. ProbePlan.UntilReady(route), ProbeStage.TlsVersions]),
        Warnings = recorder.Warnings,
        RemoteAddress = recorder.Connection?.RemoteEndPoint,
        LocalAddress = recorder.Connection?.LocalEndPoint,
        TlsProtocol = session?.Protocol,
        Duration = recorder.Elapsed,
        Transcript = lines.Lines,
        Versions = versions,
        CipherSuite = session?.CipherSuite,
        Certificate = session?.Certificate,
        CertificateNames = session?.Certificate is { } named ? CertificateJudge.Names(named).ToArray() : [],
        ExpiresAt = session?.Certificate is { } dated ? new DateTimeOffset(dated.NotAfter.ToUniversalTime()) : null,
        Chain = (session?.Chain ?? []).Select(certificate => certificate.Subject).ToArray(),
        CertificateFaults = session?.Faults ?? [],
        ClientCertificateRequested = session?.ClientCertificateRequested,
        Dane = dane,
    };

    /// <summary>
    /// One session with the system's own TLS, which takes any certificate and says what is wrong with it.
    /// </summary>
    /// <returns>Whether the server takes and answers hellos, and the session if one came of it.</returns>
    private async Task<(bool IsReached, TlsSession? Session)> InspectAsync(
        TlsDoor door, WatchedNetwork network, ITranscript transcript, CancellationToken cancellationToken)
    {
        var recorder = network.Recorder;
        SmtpClient client;
        try
        {
            client = await door.OpenAsync(recorder, transcript, cancellationToken).ConfigureAwait(false);
        }
        catch (MailException e)
        {
            recorder.Failed(SmtpStage.Connect, e);
            return (false, null);
        }

        var options =
            network.Route.TlsOptions with { BadCertificateIsWarning = true, ObservesCertificateRequest = true };
        await using (client.ConfigureAwait(false))
        {
            try
            {
                await client.BeginTlsAsync(options, cancellationToken).ConfigureAwait(false);
            }
            catch (MailException e)
            {
                recorder.Failed(SmtpStage.Tls, e);

                // One that leaves a hello unanswered would have each of the others wait as well.
                return (e is not PeerTimeoutException, null);
            }

            var session = client.Connection.Tls!;
            Judge(session, network);
            return (true, session);
        }
    }

    private void Judge(TlsSession session, WatchedNetwork network)
    {
        var faults = session.Faults.Where(fault => !fault.IsOnlyWarning).ToArray();
        if (faults.Length > 0 && !network.Route.SkipCertificateCheck)
        {
            network.Recorder.Fail(ProbeStage.Certificate, new CertificateException(network.Route.Host, faults));
        }
        else if (session.Certificate is { } certificate &&
            TlsAdvice.AboutExpiry(certificate.NotAfter, _time.GetUtcNow()) is { } warning)
        {
            network.Recorder.Warn(warning);
        }
    }

    private static void Judge(DaneResult dane, StageRecorder recorder)
    {
        recorder.Describe(dane.ToString());
        switch (dane.Outcome)
        {
            case DaneOutcome.Mismatch:
                recorder.Fail(ProbeStage.Dane, new DaneMismatchException(dane));
                break;
            case DaneOutcome.LookupFailed or DaneOutcome.NotUsable or DaneOutcome.NotAuthenticated:
                recorder.Warn($"DANE does not protect this server: {dane}.");
                break;
            case DaneOutcome.NotChecked or DaneOutcome.NotPublished:
                recorder.Skip(ProbeStage.Dane, dane.ToString());
                break;
            default:
                break;
        }
    }
}
