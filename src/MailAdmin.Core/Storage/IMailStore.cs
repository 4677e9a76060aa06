namespace MailAdmin.Storage;

/// <summary>
/// The port between the product and what keeps its queue, windows, history and options: a SQLite file now, a database
/// for several sending hosts later. Every call may be made from any thread and from any process at the same time; what
/// a call changes is committed, crash-safe, when its task is done.
/// </summary>
/// <exception cref="StoreException">Any call may raise it: the store is locked, full, read-only or damaged.</exception>
public interface IMailStore : IAsyncDisposable
{
    /// <summary>Where it is, as people read it: a path, or a host and a database.</summary>
    string Location { get; }

    /// <summary>Messages that wait, and what became of them.</summary>
    IQueueStore Queue { get; }

    /// <summary>The use of limits in their windows, shared by all processes.</summary>
    IThrottleStore Throttle { get; }

    /// <summary>Every attempt to send.</summary>
    IHistoryStore History { get; }

    /// <summary>Settings that all who use the store share.</summary>
    IOptionStore Options { get; }

    /// <summary>
    /// The time by the store's clock, in UTC: the only clock that leases, due times and windows follow.
    /// </summary>
    ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken);
}
