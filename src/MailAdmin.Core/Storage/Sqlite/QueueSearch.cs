using System.Text.Json;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Finds items page by page, in the order of their numbers.</summary>
internal static class QueueSearch
{
    private const int PageSize = 200;

    /// <summary>One page.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="filter">Which items.</param>
    /// <param name="behind">The number of the last item before the page.</param>
    /// <param name="most">The most items that are still wanted.</param>
    public static List<QueueItem> Page(SqliteSession session, QueueFilter filter, long behind, long most)
    {
        var limit = Math.Min(PageSize, most);

        // A state at a time, as the index gives the items of one state in their order.
        var parts = filter.States is { Count: > 0 } states
            ? states.Distinct().Select(state => Part(filter, behind).Where("i.state = ?", (long)state)).ToList()
            : [Part(filter, behind)];
        var found = string.Join(
            " UNION ALL ", parts.Select(p => $"SELECT * FROM ({p.Text} ORDER BY i.id LIMIT {limit})"));

        // CROSS JOIN, as the order of the tables is known better here.
        using var select = session.Prepare(
            $"""
            SELECT {ItemRows.Columns} FROM ({found}) p
            CROSS JOIN item i ON i.id = p.id CROSS JOIN destination d ON d.id = i.destination_id
            ORDER BY p.id LIMIT {limit}
            """);
        foreach (var value in parts.SelectMany(part => part.Values))
        {
            select.BindValue(value);
        }

        var page = new List<QueueItem>();
        while (select.Step())
        {
            page.Add(ItemRows.Read(session, select));
        }

        return page;
    }

    /// <summary>True when a page was not full, so that no other follows.</summary>
    public static bool IsLast(int count) => count < PageSize;

    private static Conditions Part(QueueFilter filter, long behind)
    {
        var part = new Conditions("SELECT i.id FROM item i").Where("i.id > ?", behind);
        if (filter.Ids is { } ids)
        {
            part.Where("i.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(ids));
        }

        if (filter.Destination is { } destination)
        {
            part.Where("i.destination_id = (SELECT id FROM destination WHERE name = ?)", destination);
        }

        if (filter.Sender is { } sender)
        {
            part.WhereText("i.sender", sender);
        }

        if (filter.Recipient is { } recipient)
        {
            var match = Conditions.Match("r.address", recipient);
            part.Where(
                $"EXISTS (SELECT 1 FROM recipient r WHERE r.item_id = i.id AND {match})",
                Conditions.Pattern(recipient));
        }

        if (filter.MessageId is { } messageId)
        {
            part.Where("i.message_id = ?", messageId);
        }

        return part.WhereTime("i.queued_at", filter.After, filter.Before);
    }
}
