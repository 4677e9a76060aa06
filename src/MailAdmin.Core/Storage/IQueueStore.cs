namespace MailAdmin.Storage;

/// <summary>
/// The durable queue. Nothing that <see cref="AddAsync"/> has acknowledged is lost, whatever is killed when.
/// </summary>
public interface IQueueStore
{
    /// <summary>
    /// Adds messages in one commit. Calls that are under way at the same time in one process share a commit. Large
    /// content is stored ahead of it in steps, so that a slow producer keeps nobody waiting.
    /// </summary>
    /// <param name="items">The messages.</param>
    /// <param name="cancellationToken">Gives up: none of them is in the queue, unless the commit was under way.</param>
    /// <returns>The items, in that order. They are safe.</returns>
    Task<IReadOnlyList<QueueItem>> AddAsync(IReadOnlyList<NewQueueItem> items, CancellationToken cancellationToken);

    /// <summary>
    /// Leases what is due, in the order of priority and time: see <see cref="PriorityTurns"/>. Leases that ran out are
    /// taken back first.
    /// </summary>
    /// <returns>
    /// The items, now <see cref="QueueItemState.Sending"/>; empty when nothing is due. Some may have expired: what
    /// becomes of them is for the caller to say with <see cref="RecordAsync"/>.
    /// </returns>
    Task<IReadOnlyList<QueueItem>> TakeAsync(TakeRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// When <see cref="TakeAsync"/> will next find something; in the past when it would now, null when never.
    /// </summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>Extends leases, to be called well before they run out.</summary>
    /// <returns>Those that the owner still has. The others must not be sent any more.</returns>
    Task<IReadOnlyList<long>> RenewAsync(
        string owner, IReadOnlyList<long> ids, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Gives items back that were not attempted. What the owner does not have any more is left alone.
    /// </summary>
    Task ReleaseAsync(string owner, IReadOnlyList<QueueRelease> releases, CancellationToken cancellationToken);

    /// <summary>
    /// Records attempts in one commit: outcomes of recipients, next state, history, and the back-off of the
    /// destination. An attempt whose lease was lost in the meantime still marks the recipients who have the message,
    /// and its history.
    /// </summary>
    /// <returns>The items whose lease was lost.</returns>
    Task<IReadOnlyList<long>> RecordAsync(IReadOnlyList<QueueAttempt> attempts, CancellationToken cancellationToken);

    /// <summary>Finds items, oldest first, in small steps; what changes in the meantime may or may not show.</summary>
    IAsyncEnumerable<QueueItem> FindAsync(QueueFilter filter, CancellationToken cancellationToken);

    /// <summary>Makes held and finished items wait again, due at once; their recipients who have it stay out.</summary>
    /// <param name="ids">The items.</param>
    /// <param name="expiresAt">When to give up anew; null keeps an expiry in the future and else adds 48 hours.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that wait now. Items in work and sent ones are left alone.</returns>
    Task<IReadOnlyList<long>> ResumeAsync(
        IReadOnlyList<long> ids, DateTimeOffset? expiresAt, CancellationToken cancellationToken);

    /// <summary>Removes items and their content for good.</summary>
    /// <returns>Those that are gone. Items in work are left alone.</returns>
    Task<IReadOnlyList<long>> RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the content as it was added. It is read in steps as the stream is; it cannot be sought.
    /// </summary>
    /// <exception cref="StoreException">
    /// There is no such item, or its content was removed after it was sent.
    /// </exception>
    Task<Stream> OpenContentAsync(long id, CancellationToken cancellationToken);

    /// <summary>Reads contents whole, all in one step: for small ones, which many are about to need.</summary>
    /// <returns>By item; those that have none, or none any more, are left out.</returns>
    Task<IReadOnlyDictionary<long, byte[]>> ReadContentsAsync(
        IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>The route as it was added with the item; see <see cref="QueueItem.RouteId"/>.</summary>
    /// <exception cref="StoreException">There is no such route.</exception>
    ValueTask<string> GetRouteAsync(long routeId, CancellationToken cancellationToken);

    /// <summary>What is known of a destination; the default state when nothing is.</summary>
    ValueTask<DestinationState> GetDestinationAsync(string destination, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the back-off of a destination for all processes; <see cref="TakeAsync"/> leaves it out until then.
    /// </summary>
    Task SetDestinationAsync(DestinationState state, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the content of sent items, finished items that are older than <paramref name="finishedBefore"/>, and
    /// content whose producer was killed: in small steps that keep nobody waiting.
    /// </summary>
    /// <param name="finishedBefore">Finished items are removed that were finished earlier.</param>
    /// <param name="cancellationToken">Stops between two steps; what is removed stays so.</param>
    /// <returns>The number of items and contents removed; an item with its content counts once.</returns>
    Task<long> PurgeAsync(DateTimeOffset finishedBefore, CancellationToken cancellationToken);
}
