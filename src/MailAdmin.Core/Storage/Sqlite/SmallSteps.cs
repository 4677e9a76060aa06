namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Removes much in small transactions. Between them others have the file: who waits for it asks every few milliseconds
/// (see <see cref="SqliteWait"/>), and would hardly ever find it free if one step came right behind the other.
/// </summary>
internal static class SmallSteps
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

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
        while (await writer.RunAsync(step, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            removed += count;
            progress?.Report(removed);
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }
}
