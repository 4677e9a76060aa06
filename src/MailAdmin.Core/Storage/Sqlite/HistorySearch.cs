using System.Text.Json;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Finds attempts page by page, newest first, each time by the index that leaves the fewest to look at.
/// </summary>
internal static class HistorySearch
{
    private const int PageSize = 200;

    /// <summary>One page.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="filter">Which attempts.</param>
    /// <param name="last">The last attempt before the page; null for the first page.</param>
    /// <param name="most">The most attempts that are still wanted.</param>
    public static List<HistoryRecord> Page(
        SqliteSession session, HistoryFilter filter, HistoryRecord? last, long most)
    {
        var limit = Math.Min(PageSize, most);
        var parts = Parts(filter, last);
        var found = string.Join(
            " UNION ALL ", parts.Select(p => $"SELECT * FROM ({p.Text} ORDER BY 2 DESC, 1 DESC LIMIT {limit})"));

        // CROSS JOIN, as the order of the tables is known better here.
        using var select = session.Prepare(
            $"""
            SELECT {HistoryRows.Columns} FROM ({found}) p CROSS JOIN history h ON h.id = p.id
            ORDER BY p.at DESC, p.id DESC LIMIT {limit}
            """);
        foreach (var value in parts.SelectMany(part => part.Values))
        {
            select.BindValue(value);
        }

        var page = new List<HistoryRecord>();
        while (select.Step())
        {
            page.Add(HistoryRows.Read(session, select));
        }

        return page;
    }

    /// <summary>True when a page was not full, so that no other follows.</summary>
    public static bool IsLast(int count) => count < PageSize;

    private static List<Conditions> Parts(HistoryFilter filter, HistoryRecord? last)
    {
        if (filter.MessageId is not null)
        {
            return [Filtered(By("history_message"), filter, last)];
        }

        if (filter.QueueId is not null)
        {
            return [Filtered(By("history_queue"), filter, last)];
        }

        if (filter.Recipient is { } recipient && !Conditions.IsPattern(recipient))
        {
            return [ByRecipient(filter, last)];
        }

        if (filter.Sender is { } sender && !Conditions.IsPattern(sender))
        {
            return [Filtered(By("history_sender"), filter, last)];
        }

        return filter.Statuses is { Count: > 0 } statuses
            ? [
                .. statuses.Distinct().Select(
                    status => Filtered(By("history_status"), filter with { Statuses = [status] }, last)),
            ]
            : [Filtered(By("history_at"), filter, last)];
    }

    private static Conditions By(string index) =>
        new($"SELECT h.id AS id, h.at AS at FROM history h INDEXED BY {index}");

    private static Conditions ByRecipient(HistoryFilter filter, HistoryRecord? last)
    {
        var part = new Conditions(
                """
                SELECT DISTINCT r.history_id AS id, r.at AS at
                FROM history_recipient r INDEXED BY history_recipient_address
                CROSS JOIN history h ON h.id = r.history_id
                """)
            .WhereText("r.address", filter.Recipient!)
            .WhereTime("r.at", filter.After, filter.Before);
        if (last is not null)
        {
            part.Where("(r.at, r.history_id) < (?, ?)", SqliteTime.From(last.At!.Value), last.Id);
        }

        return Filtered(part, filter with { Recipient = null, After = null, Before = null }, last: null);
    }

    private static Conditions Filtered(Conditions part, HistoryFilter filter, HistoryRecord? last)
    {
        if (last is not null)
        {
            part.Where("(h.at, h.id) < (?, ?)", SqliteTime.From(last.At!.Value), last.Id);
        }

        if (filter.MessageId is { } messageId)
        {
            part.Where("h.message_id = ?", messageId);
        }

        if (filter.QueueId is { } queueId)
        {
            part.Where("h.queue_id = ?", queueId);
        }

        if (filter.Statuses is [var status])
        {
            part.Where("h.status = ?", (long)status);
        }
        else if (filter.Statuses is { Count: > 0 } statuses)
        {
            part.Where(
                "h.status IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(statuses.Select(s => (int)s)));
        }

        if (filter.Sender is { } sender)
        {
            part.WhereText("h.sender", sender);
        }

        if (filter.Recipient is { } recipient)
        {
            part.Where(
                "EXISTS (SELECT 1 FROM history_recipient r WHERE r.history_id = h.id AND " +
                    Conditions.Match("r.address", recipient) + ")",
                Conditions.Pattern(recipient));
        }

        if (filter.Origin is { } origin)
        {
            part.Where("h.origin = ?", (long)origin);
        }

        // The index by time can be asked for only if the time is.
        return part.Where("h.at >= ?", long.MinValue).WhereTime("h.at", filter.After, filter.Before);
    }
}
