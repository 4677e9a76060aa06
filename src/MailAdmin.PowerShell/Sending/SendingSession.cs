using MailAdmin.History;
using MailAdmin.Net;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Throttling;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// What a sending command does with its messages: ask, send one behind the other over one transport, show progress, and
/// put out results, warnings and errors in the order of the messages.
/// </summary>
internal sealed class SendingSession(
    AsyncPSCmdlet cmdlet,
    IMailTransport transport,
    Transcripts transcript,
    string server,
    SharedStore? store,
    IThrottleGate? limits) : IMessageSession
{
    private const int RecipientsShown = 5;
    private const long LargeMessage = 1_000_000;

    // How long a command that is stopped still writes the history of what it has sent.
    private static readonly TimeSpan HistoryGrace = TimeSpan.FromMilliseconds(300);

    private readonly SendingQueue _queue = new(transport);
    private readonly HistoryLog? _history = store is null ? null : new HistoryLog(store.OpenAsync);
    private readonly SizeLimit? _limit = store is null ? null : new SizeLimit(store);
    private readonly SendProgress _progress = new(cmdlet);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private int _done;

    /// <summary>The server, as people read it.</summary>
    public string Server => server;

    /// <summary>Makes the session for a route. Nothing is connected before the first message.</summary>
    /// <param name="cmdlet">Whose streams are written to.</param>
    /// <param name="route">Which way.</param>
    /// <param name="dialer">The network.</param>
    /// <param name="transcriptPath">A file for the transcript, or null.</param>
    /// <param name="store">Where the history goes, and the largest size comes from; null for neither.</param>
    /// <param name="limits">The limits to wait for room within, which become the session's; null for none.</param>
    /// <exception cref="InputException">The transcript cannot be written.</exception>
    public static SendingSession Open(
        AsyncPSCmdlet cmdlet,
        MailRoute route,
        IDialer dialer,
        string? transcriptPath,
        SharedStore? store,
        IThrottleGate? limits)
    {
        var transcript = Transcripts.Open(cmdlet, transcriptPath);
        IMailTransport OpenTransport(MailRoute way) => way.Open(dialer, transcript.Target, TimeProvider.System);
        var transport = limits is null
            ? OpenTransport(route)
            : new ThrottledTransport(route, limits, OpenTransport) { Waiting = new WaitProgress(cmdlet) };
        var session = new SendingSession(cmdlet, transport, transcript, route.Server, store, limits);
        session.WarnOnce(route.Warnings);
        return session;
    }

    /// <summary>
    /// Sends a message, unless -WhatIf or the user says no. Its result may come out with a later call.
    /// </summary>
    public void Send(ReadyMessage message)
    {
        var action = $"Send '{message.Subject}' from {message.Envelope.ReversePath} through {server}";
        if (!cmdlet.ShouldProcess(Recipients(message), action))
        {
            return;
        }

        var octets = message.About is null or > LargeMessage ? _progress.Octets(message.Subject, message.About) : null;
        var content = _limit?.Of(message.Content) ?? message.Content;
        _queue.Add(message with { Content = content }, octets, cmdlet.StopToken);
        while (_queue.IsFull)
        {
            WaitForOldest();
        }

        while (_queue.HasFinished)
        {
            WaitForOldest();
        }

        cmdlet.FlushPosted();
    }

    /// <summary>Warns, but not again for each message of a pipeline.</summary>
    public void WarnOnce(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings.Where(_warned.Add))
        {
            cmdlet.WriteWarning(warning);
        }
    }

    /// <summary>Waits for all messages that are under way and takes leave of the server.</summary>
    public void Finish()
    {
        while (_queue.Count > 0)
        {
            WaitForOldest();
        }

        cmdlet.Await(transport.CloseAsync);
        if (_history is not null && cmdlet.Await(_history.CompleteAsync) is { } failure)
        {
            cmdlet.WriteWarning($"The history was not written: {failure.Message}");
        }

        _progress.Complete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_history is not null)
        {
            Task written = _history.CompleteAsync(CancellationToken.None).WaitAsync(HistoryGrace);
            await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await transport.DisposeAsync().ConfigureAwait(false);
        await (limits?.DisposeAsync() ?? default).ConfigureAwait(false);
        transcript.Dispose();
    }

    /// <summary>The recipients as -WhatIf shows them.</summary>
    internal static string Recipients(ReadyMessage message)
    {
        var all = message.Envelope.Recipients;
        var shown = string.Join(", ", all.Take(RecipientsShown).Select(r => r.Address));
        return all.Count > RecipientsShown ? $"{shown} and {all.Count - RecipientsShown} more" : shown;
    }

    private void WaitForOldest()
    {
        var oldest = _queue.TakeOldest();
        Output(oldest.Message, cmdlet.Await(_ => oldest.Report));
    }

    private void Output(ReadyMessage message, DeliveryReport report)
    {
        _progress.ShowMessages(++_done, _queue.Count);
        WarnOnce(report.Warnings);
        _history?.Add(DeliveryHistory.Record(report, message.Envelope.ReversePath, message.Subject));
        var result = new RelaySendResult(report, message.Envelope.ReversePath?.ToString(), message.Subject);
        cmdlet.WriteObject(result);
        if (report.Status is not (DeliveryStatus.Sent or DeliveryStatus.Queued))
        {
            var failure = report.Error ?? new RecipientsLeftOutException(report);
            cmdlet.WriteError(ErrorRecords.From(failure, message.Target, result.Diagnosis));
        }
    }
}
