using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>
/// Logs in as the transport would and asks whether a sender is accepted; the transaction is given up with RSET, so no
/// mail is sent.
/// </summary>
/// <param name="resolver">Looks up host names; null for the system's resolver.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class SmtpAuthProbe(HostResolver? resolver = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Runs the probe; whatever the server or the network does is in the result.</summary>
    /// <param name="route">
    /// The way, with the credential to test; without one, it is said what the server offers.
    /// </param>
    /// <param name="from">The sender to try; null for none.</param>
    /// <param name="to">
    /// A recipient to try behind it, as some servers (Postfix) hold their judgement of the sender back until then; null
    /// for none.
    /// </param>
    /// <param name="transcript">Where to record the conversation besides the result; null for nowhere.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SmtpAuthResult> RunAsync(
        SmtpRoute route,
        EmailAddress? from,
        EmailAddress? to,
        ITranscript? transcript,
        CancellationToken cancellationToken)
    {
        var lines = new TranscriptLines(transcript);
        var probe = new ProbeSession(route, resolver, lines, _time);
        var recorder = probe.Recorder;
        SmtpClient? client = null;
        var accepted = false;
        await probe.RunAsync(
            async session =>
            {
                client = session.Client;
                if (route.Credential is null)
                {
                    recorder.Skip(ProbeStage.Auth, "no credential was given");
                }

                if (from is not null)
                {
                    await TryAsync(session.Client, from, to, cancellationToken).ConfigureAwait(false);
                    accepted = true;
                }
            },
            cancellationToken).ConfigureAwait(false);
        var stages = recorder.Finish(Plan(route, from, to));
        return new SmtpAuthResult
        {
            Server = route.Server,
            Stages = stages,
            Warnings = recorder.Warnings,
            RemoteAddress = recorder.Connection?.RemoteEndPoint,
            LocalAddress = recorder.Connection?.LocalEndPoint,
            TlsProtocol = recorder.Connection?.Tls?.Protocol,
            Duration = recorder.Elapsed,
            Transcript = lines.Lines,
            OfferedMechanisms = Offered(stages),
            Mechanism = client?.LoginMechanism
                ?? stages.Select(s => s.Error).OfType<AuthenticationFailedException>().LastOrDefault()?.Mechanism,
            From = from,
            MaySendAs = accepted ? true : stages.Any(IsAboutSender) ? false : null,
        };
    }

    private static async Task TryAsync(
        SmtpClient client, EmailAddress from, EmailAddress? to, CancellationToken cancellationToken)
    {
        var parameters = MailWish.For(client, from, to);
        await client.MailFromAsync(from, parameters, cancellationToken).ConfigureAwait(false);
        if (to is not null)
        {
            await client.RcptToAsync(new EnvelopeRecipient(to), cancellationToken).ConfigureAwait(false);
        }

        await client.RsetAsync(cancellationToken).ConfigureAwait(false);
    }

    // Behind RCPT TO, only a refusal for reasons of policy (RFC 3463 §3.8) can be about the sender.
    private static bool IsAboutSender(ProbeStageResult stage) => stage is
        { Stage: ProbeStage.MailFrom, Error: SmtpCommandException { Reply.IsPermanentFailure: true } }
        or { Stage: ProbeStage.RcptTo, Error: SmtpCommandException { Reply.Enhanced: { Class: 5, Subject: 7 } } };

    private static IReadOnlyList<string> Offered(IReadOnlyList<ProbeStageResult> stages) =>
        stages.LastOrDefault(s => s is { Stage: ProbeStage.Ehlo, Reply.IsPositive: true })?.Reply is { } reply
            ? EhloCapabilities.Parse(reply).AuthMechanisms
            : [];

    private static IEnumerable<ProbeStage> Plan(SmtpRoute route, EmailAddress? from, EmailAddress? to)
    {
        var first = ProbePlan.UntilReady(route);
        ProbeStage[] login = route.Credential is null ? [] : [ProbeStage.Auth];
        ProbeStage[] sender = from is null ? [] : [ProbeStage.MailFrom];
        ProbeStage[] recipient = to is null ? [] : [ProbeStage.RcptTo];
        return [.. first, .. login, .. sender, .. recipient];
    }
}
