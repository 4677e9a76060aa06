using MailAdmin.Addressing;
using MailAdmin.Transports;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Items and their recipients as rows.</summary>
internal static class ItemRows
{
    /// <summary>The columns that <see cref="Read"/> reads, from <c>item i</c> and its destination <c>d</c>.</summary>
    public const string Columns =
        """
        i.id, i.state, i.priority, i.lane, i.due_at, i.queued_at, i.not_before, i.expires_at, i.owner, i.lease_until,
        i.finished_at, i.attempts, i.deferrals, i.last_attempt_at, i.error, i.error_id, i.diagnosis_id, i.sender,
        i.dsn_return, i.envelope_id, i.message_id, i.subject, i.size, i.route_id, d.name
        """;

    /// <summary>Adds a waiting item with its recipients.</summary>
    public static void Insert(SqliteSession session, QueueItem item, long destination, long lane)
    {
        using var insert = session.Prepare(
                """
                INSERT INTO item (id, state, priority, lane, destination_id, route_id, due_at, queued_at, not_before,
                    expires_at, sender, dsn_return, envelope_id, message_id, subject, size, has_content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """)
            .Bind(item.Id).Bind((long)item.State).Bind((long)item.Priority).Bind(lane).Bind(destination)
            .Bind(item.RouteId).BindTime(item.NextAttemptAt).BindTime(item.QueuedAt).BindTime(item.NotBefore)
            .BindTime(item.ExpiresAt).Bind(item.Sender?.ToString()).Bind((long)item.Return).Bind(item.EnvelopeId)
            .Bind(item.MessageId).Bind(item.Subject).Bind(item.Size);
        insert.Run();

        for (var position = 0; position < item.Recipients.Count; position++)
        {
            var recipient = item.Recipients[position].Recipient;
            using var add = session.Prepare(
                    "INSERT INTO recipient (item_id, position, address, notify, original) VALUES (?, ?, ?, ?, ?)")
                .Bind(item.Id).Bind(position).Bind(recipient.Address.ToString()).Bind((long)recipient.Notify)
                .Bind(recipient.OriginalRecipient?.ToString());
            add.Run();
        }
    }

    /// <summary>The item with that number; null when there is none.</summary>
    public static QueueItem? Find(SqliteSession session, long id)
    {
        using var select = session.Prepare(
                $"SELECT {Columns} FROM item i JOIN destination d ON d.id = i.destination_id WHERE i.id = ?")
            .Bind(id);
        return select.Step() ? Read(session, select) : null;
    }

    /// <summary>The item in a row of <see cref="Columns"/>.</summary>
    public static QueueItem Read(SqliteSession session, Statement row)
    {
        var state = (QueueItemState)row.Number(1);
        return new QueueItem
        {
            Id = row.Number(0),
            State = state,
            Priority = (QueuePriority)row.Number(2),
            NextAttemptAt = state == QueueItemState.Waiting ? row.Time(4) : null,
            QueuedAt = row.Time(5),
            NotBefore = row.TimeOrNull(6),
            ExpiresAt = row.Time(7),
            Owner = state == QueueItemState.Sending ? row.TextOrNull(8) : null,
            LeasedUntil = row.TimeOrNull(9),
            FinishedAt = row.TimeOrNull(10),
            Attempts = (int)row.Number(11),
            Deferrals = (int)row.Number(12),
            LastAttemptAt = row.TimeOrNull(13),
            LastError = row.TextOrNull(14),
            LastErrorId = row.TextOrNull(15),
            DiagnosisId = row.TextOrNull(16),
            Sender = row.TextOrNull(17) is { } sender ? EmailAddress.Parse(sender) : null,
            Return = (DsnReturn)row.Number(18),
            EnvelopeId = row.TextOrNull(19),
            MessageId = row.TextOrNull(20),
            Subject = row.TextOrNull(21),
            Size = row.Number(22),
            RouteId = row.Number(23),
            Destination = row.Text(24),
            Recipients = Recipients(session, row.Number(0)),
        };
    }

    /// <summary>The octets of an item's content; null when it has none any more, or there is no such item.</summary>
    public static long? ContentSize(SqliteSession session, long id)
    {
        using var select = session.Prepare("SELECT size FROM item WHERE id = ? AND has_content = 1").Bind(id);
        return select.Step() ? select.Number(0) : null;
    }

    /// <summary>The recipients of an item in their order.</summary>
    public static List<QueueRecipient> Recipients(SqliteSession session, long id)
    {
        using var select = session.Prepare(
                """
                SELECT address, notify, original, status, code, enhanced, reply, attempts
                FROM recipient WHERE item_id = ? ORDER BY position
                """)
            .Bind(id);
        var recipients = new List<QueueRecipient>();
        while (select.Step())
        {
            var original = select.TextOrNull(2) is { } text ? EmailAddress.Parse(text) : null;
            recipients.Add(new QueueRecipient(
                new EnvelopeRecipient(EmailAddress.Parse(select.Text(0)), (DsnNotify)select.Number(1), original),
                (RecipientStatus)select.Number(3),
                ReplyColumns.Read(select, 4),
                (int)select.Number(7)));
        }

        return recipients;
    }
}
