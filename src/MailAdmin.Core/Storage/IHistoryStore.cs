namespace MailAdmin.Storage;

/// <summary>Every attempt to send, interactive and from the queue.</summary>
public interface IHistoryStore
{
    /// <summary>Adds records in one commit; <see cref="HistoryRecord.Id"/> of the given ones is ignored.</summary>
    Task AddAsync(IReadOnlyList<HistoryRecord> records, CancellationToken cancellationToken);

    /// <summary>Finds records, newest first, in small steps.</summary>
    IAsyncEnumerable<HistoryRecord> FindAsync(HistoryFilter filter, CancellationToken cancellationToken);

    /// <summary>Removes the records that are older, in small steps that keep nobody waiting.</summary>
    /// <param name="before">Older than this.</param>
    /// <param name="progress">Told the number removed so far.</param>
    /// <param name="cancellationToken">Stops between two steps; what is removed stays so.</param>
    /// <returns>The number removed.</returns>
    Task<long> PurgeAsync(DateTimeOffset before, IProgress<long>? progress, CancellationToken cancellationToken);
}
