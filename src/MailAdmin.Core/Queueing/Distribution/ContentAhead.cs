using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// Reads the contents of items that were just taken, all in one step, where they are small: one look at the store for
/// each message would cost more than sending it does.
/// </summary>
internal sealed class ContentAhead(IQueueStore store)
{
    private const long LargestEach = 32 * 1024;
    private const long MostAtOnce = 8 * 1024 * 1024;

    /// <summary>The items, with those contents.</summary>
    internal async Task<IReadOnlyList<TakenItem>> ReadAsync(IReadOnlyList<QueueItem> items)
    {
        var contents = await ContentsAsync([.. Small(items)]).ConfigureAwait(false);
        return [.. items.Select(item => new TakenItem(item, contents.GetValueOrDefault(item.Id)))];
    }

    private static IEnumerable<long> Small(IReadOnlyList<QueueItem> items)
    {
        long total = 0;
        foreach (var item in items)
        {
            if (item.Size <= LargestEach && total + item.Size <= MostAtOnce)
            {
                total += item.Size;
                yield return item.Id;
            }
        }
    }

    private async Task<IReadOnlyDictionary<long, byte[]>> ContentsAsync(IReadOnlyList<long> ids)
    {
        try
        {
            // Not to be given up: the items would be nobody's until their leases end.
            return await store.ReadContentsAsync(ids, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // Each attempt reads its own then, and says what is wrong.
            return new Dictionary<long, byte[]>();
        }
    }
}
