using System.Diagnostics;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Removes much in small transactions. Between them others have the file for as long as a step took, which is longer
/// the more they want it: who waits for it asks every few milliseconds (see <see cref="SqliteWait"/>), and would hardly
/// ever find it free if one step came right behind the other.
/// </summary>
internal static class SmallSteps
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats a step until there is nothing left for it to do.</summary>
    /// <param name="writer">Who runs it.</param>
    /// <param name="step">Removes some in a few milliseconds, and says how many; 0 when there are none.</param>
    /// <param name="progress">Told the number removed so far.</param>
    /// <param name="cancellationToken">Stops between two steps; what is removed stays so.</param>
    /// <returns>The number removed.</returns>
    public static async Task<long> RunAsync(
        SqliteWriter writer, Func<WriteScope, int> step, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        long removed = 0;
        while (true)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var count = await writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return removed;
            }

            removed += count;
            progress?.Report(removed);
            var taken = Stopwatch.GetElapsedTime(startedAt);
            var pause = taken < ShortestPause ? ShortestPause : taken > LongestPause ? LongestPause : taken;
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
