namespace MailAdmin.Storage;

/// <summary>How long a store keeps what is over and done with: as long as its options say, by its own clock.</summary>
public static class Retention
{
    /// <summary>
    /// Removes history and finished items that are older than <see cref="EmailOptions.Retention"/>, and the content of
    /// sent messages, which nothing needs any more. What waits, is held or in work is never touched, however old it
    /// is. It is done in small steps that keep nobody waiting.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops between two steps; what is removed stays so.</param>
    /// <exception cref="StoreException">The store cannot be used; what is removed stays so.</exception>
    public static async Task ApplyAsync(IMailStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var options = await EmailOptions.LoadAsync(store.Options, cancellationToken).ConfigureAwait(false);
        var before = await store.NowAsync(cancellationToken).ConfigureAwait(false) - options.Retention;
        await store.History.PurgeAsync(before, progress: null, cancellationToken).ConfigureAwait(false);
        await store.Queue.PurgeAsync(before, cancellationToken).ConfigureAwait(false);
    }
}
