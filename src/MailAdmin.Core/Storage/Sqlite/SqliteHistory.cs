using System.Runtime.CompilerServices;

namespace MailAdmin.Storage.Sqlite;

/// <summary>The history in a SQLite file.</summary>
internal sealed class SqliteHistory(SqliteWriter writer, SqliteReaders readers) : IHistoryStore
{
    private const int RemovedAtOnce = 500;

    public Task AddAsync(IReadOnlyList<HistoryRecord> records, CancellationToken cancellationToken) =>
        writer.RunAsync(
            scope =>
            {
                foreach (var record in records)
                {
                    HistoryRows.Insert(scope.Session, record, scope.Now);
                }

                return records.Count;
            },
            cancellationToken);

    public async IAsyncEnumerable<HistoryRecord> FindAsync(
        HistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        HistoryRecord? last = null;
        var left = filter.First;
        while (left > 0)
        {
            var page = await readers.RunAsync(
                session => HistorySearch.Page(session, filter, last, left), cancellationToken).ConfigureAwait(false);
            foreach (var record in page)
            {
                yield return record;
            }

            last = page.Count > 0 ? page[^1] : last;
            left = HistorySearch.IsLast(page.Count) ? 0 : left - page.Count;
        }
    }

    public Task<long> PurgeAsync(
        DateTimeOffset before, IProgress<long>? progress, CancellationToken cancellationToken) =>
        SmallSteps.RunAsync(writer, scope => RemoveSome(scope, before), progress, cancellationToken);

    private static int RemoveSome(WriteScope scope, DateTimeOffset before)
    {
        var ids = new List<long>();
        using (var select = scope.Session.Prepare("SELECT id FROM history WHERE at < ? ORDER BY at LIMIT ?")
            .BindTime(before).Bind(RemovedAtOnce))
        {
            while (select.Step())
            {
                ids.Add(select.Number(0));
            }
        }

        foreach (var id in ids)
        {
            using var recipients = scope.Session.Prepare("DELETE FROM history_recipient WHERE history_id = ?").Bind(id);
            recipients.Run();
            using var record = scope.Session.Prepare("DELETE FROM history WHERE id = ?").Bind(id);
            record.Run();
        }

        return ids.Count;
    }
}
