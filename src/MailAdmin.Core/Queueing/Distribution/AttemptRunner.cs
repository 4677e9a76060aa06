using MailAdmin.Queueing.Failures;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Distribution;

/// <summary>Makes one attempt: sends, has it judged, writes it down. Only then anybody is told of it.</summary>
internal sealed class AttemptRunner(LaneServices services, string destination)
{
    private readonly object _lock = new();
    private readonly HashSet<RunningAttempt> _running = [];
    private DestinationState? _known;
    private bool _isStopping;

    /// <summary>Attempts an item.</summary>
    /// <param name="connection">Over which.</param>
    /// <param name="taken">The item.</param>
    /// <param name="grant">The limits' consent.</param>
    /// <param name="answered">Called when the connection has done with it, before the outcome is written down.</param>
    /// <returns>What it means; null when the item was given back without an attempt.</returns>
    internal async Task<AttemptVerdict?> RunAsync(
        LaneConnection connection, TakenItem taken, ThrottleGranted grant, Action answered)
    {
        var item = taken.Item;
        var running = new RunningAttempt(
            new QueuedContent(services.Store, taken, () => services.Leases.Holds(taken)));
        await using var closing = running.ConfigureAwait(false);
        if (!TryBegin(running))
        {
            await SettleAsync(grant, isUsed: false).ConfigureAwait(false);
            await GiveBackAsync(taken).ConfigureAwait(false);
            return null;
        }

        DeliveryReport? report = null;
        MailException? fault = null;
        try
        {
            report = await connection.Transport
                .SendAsync(new OutgoingMessage(running.Content, item.OpenEnvelope), null, running.Token)
                .ConfigureAwait(false);
            connection.IsProven |= report.Stage >= SmtpStage.MailFrom;
        }
        catch (OperationCanceledException) when (running.IsCancelled)
        {
            // Whether it had begun decides below.
        }
        catch (Exception e)
        {
            fault = e as MailException ?? new AttemptFaultException(e);
        }
        finally
        {
            End(running);
            answered();
        }

        await SettleAsync(grant, report, running.Content.HasBegun).ConfigureAwait(false);
        if (report is null && fault is null && !running.Content.HasBegun)
        {
            await GiveBackAsync(taken).ConfigureAwait(false);
            return null;
        }

        return await ConcludeAsync(taken, report, fault, grant.IsForced).ConfigureAwait(false);
    }

    /// <summary>Writes down that an item came to nothing before it could be sent.</summary>
    internal Task<AttemptVerdict> FailAsync(TakenItem taken, MailException failure) =>
        ConcludeAsync(taken, report: null, failure, isForced: false);

    /// <summary>Writes down that an item's time is over.</summary>
    internal Task ExpireAsync(TakenItem taken, AttemptVerdict verdict) =>
        WriteDownAsync(taken, verdict, null, isForced: false);

    /// <summary>Lets no attempt begin any more, and ends those whose content has not begun.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _isStopping = true;
            foreach (var running in _running)
            {
                running.CancelUnlessBegun();
            }
        }
    }

    /// <summary>Ends all attempts at once.</summary>
    internal void Cut()
    {
        lock (_lock)
        {
            foreach (var running in _running)
            {
                running.Cancel();
            }
        }
    }

    private bool TryBegin(RunningAttempt running)
    {
        lock (_lock)
        {
            return !_isStopping && _running.Add(running);
        }
    }

    private void End(RunningAttempt running)
    {
        lock (_lock)
        {
            _running.Remove(running);
        }
    }

    private async Task<AttemptVerdict> ConcludeAsync(
        TakenItem taken, DeliveryReport? report, MailException? fault, bool isForced)
    {
        var now = services.Clock.Now;
        var isWell = report is { Status: DeliveryStatus.Sent };
        if (_known is null || !isWell)
        {
            // Another process may have found the destination to be down in the meantime.
            _known = await services.Store.GetDestinationAsync(destination, CancellationToken.None)
                .ConfigureAwait(false);
        }

        var verdict = report is not null ? services.Policy.Judge(taken.Item, report, _known, now)
            : fault is not null ? services.Policy.Judge(taken.Item, fault, _known, now)
            : services.Policy.JudgeCut(taken.Item, _known, now);
        _known = verdict.Destination ?? _known;
        await WriteDownAsync(taken, verdict, report, isForced).ConfigureAwait(false);
        return verdict;
    }

    private async Task WriteDownAsync(TakenItem taken, AttemptVerdict verdict, DeliveryReport? report, bool isForced)
    {
        var item = taken.Item;
        if (services.Notices is not null && verdict.NextState.IsFinished() && verdict.NextState != QueueItemState.Sent)
        {
            await services.Notices.NotifyAsync(item, verdict, report, services.Clock.Now, CancellationToken.None)
                .ConfigureAwait(false);
        }

        var attempt = AttemptHistory.Record(services.Owner, item, verdict, report, isForced);
        await services.Recorder.RecordAsync(attempt).ConfigureAwait(false);
        services.Leases.Remove(item.Id);
        services.Tally.Count(new DistributedItem(item, verdict, report) { IsForced = isForced });
        services.Tally.Closed(verdict);
    }

    private async Task GiveBackAsync(TakenItem taken)
    {
        await services.Store.ReleaseAsync(services.Owner, [new QueueRelease(taken.Item.Id)], CancellationToken.None)
            .ConfigureAwait(false);
        services.Leases.Remove(taken.Item.Id);
    }

    private static Task SettleAsync(ThrottleGranted grant, DeliveryReport? report, bool hasBegun) => report is null
        ? SettleAsync(grant, hasBegun)
        : Settled(grant.Permit.SettleAsync(report, CancellationToken.None));

    private static Task SettleAsync(ThrottleGranted grant, bool isUsed) =>
        Settled(grant.Permit.SettleAsync(isUsed, CancellationToken.None));

    private static async Task Settled(Task settling)
    {
        try
        {
            await settling.ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // It ages out as if it had been used, which breaks no limit.
        }
    }
}
