using System.Threading.Channels;
using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// Writes outcomes down. Those that come while a commit is under way share the next one, so many connections cost
/// hardly more commits than one.
/// </summary>
internal sealed class AttemptRecorder(IQueueStore store, TimeProvider time)
{
    private const int LargestGroup = 256;

    // An outcome that is not written down means a message sent twice, so a store that is busy is asked for long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<(QueueAttempt Attempt, TaskCompletionSource<bool> Done)> _waiting =
        Channel.CreateUnbounded<(QueueAttempt, TaskCompletionSource<bool>)>(
            new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs until <see cref="Complete"/>; failures are those of the callers.</summary>
    internal async Task RunAsync()
    {
        var group = new List<(QueueAttempt Attempt, TaskCompletionSource<bool> Done)>();
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            try
            {
                var lost = (await CommitAsync([.. group.Select(one => one.Attempt)]).ConfigureAwait(false)).ToHashSet();
                group.ForEach(one => one.Done.TrySetResult(!lost.Contains(one.Attempt.Id)));
            }
            catch (Exception e)
            {
                group.ForEach(one => one.Done.TrySetException(e));
            }

            group.Clear();
        }
    }

    /// <summary>Writes an outcome down.</summary>
    /// <returns>False when the item's lease was lost in the meantime.</returns>
    /// <exception cref="StoreException">It could not be written down.</exception>
    internal Task<bool> RecordAsync(QueueAttempt attempt)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite((attempt, done));
        return done.Task;
    }

    /// <summary>No more is to come.</summary>
    internal void Complete() => _waiting.Writer.TryComplete();

    private async Task<IReadOnlyList<long>> CommitAsync(IReadOnlyList<QueueAttempt> attempts)
    {
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await store.RecordAsync(attempts, CancellationToken.None).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.IsTransient && time.GetElapsedTime(startedAt) < Patience)
            {
                await Task.Delay(Pause, time).ConfigureAwait(false);
            }
        }
    }
}
