using System.Runtime.CompilerServices;

namespace MailAdmin.Storage.Sqlite;

/// <summary>The queue in a SQLite file.</summary>
internal sealed class SqliteQueue(SqliteWriter writer, SqliteReaders readers) : IQueueStore
{
    private readonly QueueAdder _adder = new(writer);

    public Task<IReadOnlyList<QueueItem>> AddAsync(
        IReadOnlyList<NewQueueItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return _adder.AddAsync(items, cancellationToken);
    }

    public Task<IReadOnlyList<QueueItem>> TakeAsync(TakeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Count, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Lease, TakeRequest.LongestLease, nameof(request));
        return writer.RunAsync(scope => new QueueTaker(scope, request).Take(), cancellationToken);
    }

    public async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        await readers.RunAsync<DateTimeOffset?>(
            session =>
            {
                // The first of each lane, and the first lease that may run out.
                var lanes = Enumerable.Range(0, Lanes.Count)
                    .Select(lane => session.Number($"SELECT min(ready_at) FROM lane WHERE lane = {lane}"));
                var lease = session.Number("SELECT min(lease_until) FROM item INDEXED BY item_leased WHERE state = 1");
                return lanes.Append(lease).Min() is { } time ? SqliteTime.To(time) : null;
            },
            cancellationToken).ConfigureAwait(false);

    public Task<IReadOnlyList<long>> RenewAsync(
        string owner, IReadOnlyList<long> ids, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease, TakeRequest.LongestLease);
        return ChangeAsync(ids, (scope, id) => QueueChanges.Renew(scope, owner, id, lease), cancellationToken);
    }

    public Task ReleaseAsync(
        string owner, IReadOnlyList<QueueRelease> releases, CancellationToken cancellationToken) =>
        writer.RunAsync(
            scope => releases.Count(release => QueueChanges.Release(scope, owner, release)), cancellationToken);

    public Task<IReadOnlyList<long>> RecordAsync(
        IReadOnlyList<QueueAttempt> attempts, CancellationToken cancellationToken) =>
        writer.RunAsync<IReadOnlyList<long>>(
            scope => [.. attempts.Where(attempt => !QueueRecorder.Record(scope, attempt)).Select(a => a.Id)],
            cancellationToken);

    public async IAsyncEnumerable<QueueItem> FindAsync(
        QueueFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        long behind = 0;
        var left = filter.First;
        while (left > 0)
        {
            var page = await readers.RunAsync(
                session => QueueSearch.Page(session, filter, behind, left), cancellationToken).ConfigureAwait(false);
            foreach (var item in page)
            {
                yield return item;
                behind = item.Id;
            }

            left = QueueSearch.IsLast(page.Count) ? 0 : left - page.Count;
        }
    }

    public Task<IReadOnlyList<long>> ResumeAsync(
        IReadOnlyList<long> ids, DateTimeOffset? expiresAt, CancellationToken cancellationToken) =>
        ChangeAsync(ids, (scope, id) => QueueChanges.Resume(scope, id, expiresAt), cancellationToken);

    public Task<IReadOnlyList<long>> RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        ChangeAsync(ids, QueueChanges.Remove, cancellationToken);

    public async Task<Stream> OpenContentAsync(long id, CancellationToken cancellationToken)
    {
        var size = await readers.RunAsync(session => ItemRows.ContentSize(session, id), cancellationToken)
            .ConfigureAwait(false);
        return new StoredContentStream(readers, id, size ?? throw NotFound($"the content of item {id}"));
    }

    public Task<IReadOnlyDictionary<long, byte[]>> ReadContentsAsync(
        IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        readers.RunAsync<IReadOnlyDictionary<long, byte[]>>(
            session =>
            {
                var found = new Dictionary<long, byte[]>(ids.Count);
                foreach (var id in ids)
                {
                    if (ItemRows.ContentSize(session, id) is { } size)
                    {
                        found[id] = Chunks.ReadAll(session, id, size);
                    }
                }

                return found;
            },
            cancellationToken);

    public async ValueTask<string> GetRouteAsync(long routeId, CancellationToken cancellationToken) =>
        await readers.RunAsync(
            session =>
            {
                using var select = session.Prepare("SELECT json FROM route WHERE id = ?").Bind(routeId);
                return select.Step() ? select.Text(0) : null;
            },
            cancellationToken).ConfigureAwait(false) ?? throw NotFound($"route {routeId}");

    public async ValueTask<DestinationState> GetDestinationAsync(
        string destination, CancellationToken cancellationToken) =>
        await readers.RunAsync(session => Destinations.Get(session, destination), cancellationToken)
            .ConfigureAwait(false);

    public Task SetDestinationAsync(DestinationState state, CancellationToken cancellationToken) =>
        writer.RunAsync(
            scope =>
            {
                Destinations.Set(scope, state);
                return true;
            },
            cancellationToken);

    public async Task<long> PurgeAsync(DateTimeOffset finishedBefore, CancellationToken cancellationToken)
    {
        Task<long> InStepsAsync(Func<WriteScope, int> step) =>
            SmallSteps.RunAsync(writer, step, progress: null, cancellationToken);

        var contents = await InStepsAsync(QueuePurge.SentContent).ConfigureAwait(false);
        var items = await InStepsAsync(scope => QueuePurge.Finished(scope, finishedBefore)).ConfigureAwait(false);
        var leftBehind = await InStepsAsync(QueuePurge.LeftBehind).ConfigureAwait(false);
        await InStepsAsync(QueuePurge.Pieces).ConfigureAwait(false);
        await InStepsAsync(scope => QueuePurge.Routes(scope, finishedBefore)).ConfigureAwait(false);
        return contents + items + leftBehind;
    }

    private static StoreException NotFound(string what) => new(
        StoreFault.NotFound,
        $"The queue does not have {what}.",
        "Nothing need be done if the item was removed or sent in the meantime.");

    private Task<IReadOnlyList<long>> ChangeAsync(
        IReadOnlyList<long> ids, Func<WriteScope, long, bool> change, CancellationToken cancellationToken) =>
        writer.RunAsync<IReadOnlyList<long>>(
            scope => [.. ids.Where(id => change(scope, id))], cancellationToken);
}
