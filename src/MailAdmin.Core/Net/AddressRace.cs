using System.Net;

namespace MailAdmin.Net;

/// <summary>
/// Happy Eyeballs (RFC 8305 §5): addresses are tried one after the other with a short stagger, none waits for the
/// one before it to fail, and the first that connects wins.
/// </summary>
/// <param name="connect">Makes one connection.</param>
/// <param name="stagger">How long an attempt is alone before the next one begins.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressRace<T>(
    Func<IPEndPoint, CancellationToken, Task<T>> connect, TimeSpan stagger, TimeProvider time)
    where T : class, IDisposable
{
    /// <summary>
    /// Runs until one wins, all have failed, or the token is cancelled; the last counts as failure of the pending.
    /// </summary>
    public async Task<AddressRaceResult<T>> RunAsync(
        IReadOnlyList<IPEndPoint> endPoints, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failures = new List<(IPEndPoint, Exception)>();
        var running = new List<(IPEndPoint EndPoint, Task<T> Task)>();
        var next = 0;
        try
        {
            while (next < endPoints.Count || running.Count > 0)
            {
                if (next < endPoints.Count)
                {
                    running.Add((endPoints[next], connect(endPoints[next], race.Token)));
                    next++;
                }

                await WaitAsync(running.Select(r => r.Task), mayStagger: next < endPoints.Count, race.Token)
                    .ConfigureAwait(false);
                foreach (var attempt in running.Where(r => r.Task.IsCompleted).ToArray())
                {
                    running.Remove(attempt);
                    if (attempt.Task.IsCompletedSuccessfully)
                    {
                        return new(await attempt.Task.ConfigureAwait(false), attempt.EndPoint, failures);
                    }

                    failures.Add((attempt.EndPoint, attempt.Task.Exception?.InnerException ?? new TimeoutException()));
                }

                if (cancellationToken.IsCancellationRequested)
                {
                    failures.AddRange(running.Select(r => (r.EndPoint, (Exception)new TimeoutException())));
                    break;
                }
            }

            return new(null, null, failures);
        }
        finally
        {
            await race.CancelAsync().ConfigureAwait(false);
            foreach (var (_, task) in running)
            {
                _ = DisposeLateAsync(task);
            }
        }
    }

    private static async Task DisposeLateAsync(Task<T> task)
    {
        await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompletedSuccessfully)
        {
            (await task.ConfigureAwait(false)).Dispose();
        }
    }

    private async Task WaitAsync(IEnumerable<Task> attempts, bool mayStagger, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var limit = Task.Delay(mayStagger ? stagger : Timeout.InfiniteTimeSpan, time, wait.Token);
        await Task.WhenAny([.. attempts, limit]).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
    }
}
