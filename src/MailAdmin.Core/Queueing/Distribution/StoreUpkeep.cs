using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// Applies the retention of the store beside the sending. That it fails is told and does no harm: the next time does
/// it.
/// </summary>
internal sealed class StoreUpkeep(IMailStore store, IDistributorObserver? observer, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // What is left after that is for the next run, which must not begin late: new mail waits for it.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    /// <summary>Works every hour until it is cancelled, between two steps of the store.</summary>
    /// <param name="isContinuous">True to begin at once, as there is no end to do it at.</param>
    /// <param name="cancellationToken">The sending has ended.</param>
    internal async Task RunAsync(bool isContinuous, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            if (isContinuous)
            {
                await ApplyAsync(cancellationToken).ConfigureAwait(false);
            }

            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await ApplyAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The sending has ended.
        }
    }

    /// <summary>Works at the end of a run, for a short time.</summary>
    /// <param name="stop">Ends it at once.</param>
    internal async Task FinishAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestEnd, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            await ApplyAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next run goes on with it.
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Retention.ApplyAsync(store, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            observer?.OnUpkeepFailed(failure);
        }
    }
}
