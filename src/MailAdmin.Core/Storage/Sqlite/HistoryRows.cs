using MailAdmin.Transports;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Attempts as rows.</summary>
internal static class HistoryRows
{
    /// <summary>The columns that <see cref="Read"/> reads, from <c>history h</c>.</summary>
    public const string Columns =
        """
        h.id, h.at, h.origin, h.status, h.sender, h.subject, h.message_id, h.size, h.method, h.server, h.remote,
        h.code, h.enhanced, h.reply, h.error, h.error_id, h.diagnosis_id, h.duration, h.forced, h.queue_id, h.attempt
        """;

    /// <summary>Adds a record with its recipients.</summary>
    public static void Insert(SqliteSession session, HistoryRecord record, DateTimeOffset now)
    {
        var at = record.At ?? now;
        var id = InsertRecord(session, record, at);
        for (var position = 0; position < record.Recipients.Count; position++)
        {
            var recipient = record.Recipients[position];
            using var add = session.Prepare("INSERT INTO history_recipient VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .Bind(id).Bind(position).Bind(recipient.Address).BindTime(at).Bind((long)recipient.Status)
                .Bind(recipient.Reply);
            add.Run();
        }
    }

    /// <summary>The record in a row of <see cref="Columns"/>.</summary>
    public static HistoryRecord Read(SqliteSession session, Statement row) => new()
    {
        Id = row.Number(0),
        At = row.Time(1),
        Origin = (HistoryOrigin)row.Number(2),
        Status = (DeliveryStatus)row.Number(3),
        Sender = row.TextOrNull(4),
        Subject = row.TextOrNull(5),
        MessageId = row.TextOrNull(6),
        Size = row.Number(7),
        Method = row.TextOrNull(8),
        Server = row.TextOrNull(9),
        RemoteAddress = row.TextOrNull(10),
        Reply = ReplyColumns.Read(row, 11),
        Error = row.TextOrNull(14),
        ErrorId = row.TextOrNull(15),
        DiagnosisId = row.TextOrNull(16),
        Duration = SqliteTime.ToDuration(row.Number(17)),
        IsForced = row.Number(18) != 0,
        QueueId = row.NumberOrNull(19),
        Attempt = (int)row.Number(20),
        Recipients = Recipients(session, row.Number(0)),
    };

    private static long InsertRecord(SqliteSession session, HistoryRecord record, DateTimeOffset at)
    {
        using var insert = session.Prepare(
                """
                INSERT INTO history (at, origin, status, sender, subject, message_id, size, method, server, remote,
                    code, enhanced, reply, error, error_id, diagnosis_id, duration, forced, queue_id, attempt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            .BindTime(at).Bind((long)record.Origin).Bind((long)record.Status).Bind(record.Sender).Bind(record.Subject)
            .Bind(record.MessageId).Bind(record.Size).Bind(record.Method).Bind(record.Server).Bind(record.RemoteAddress)
            .Bind(record.Reply).Bind(record.Error).Bind(record.ErrorId).Bind(record.DiagnosisId)
            .Bind(SqliteTime.From(record.Duration)).Bind(record.IsForced ? 1 : 0).Bind(record.QueueId)
            .Bind(record.Attempt);
        insert.Run();
        return session.LastInserted;
    }

    private static List<HistoryRecipient> Recipients(SqliteSession session, long id)
    {
        using var select = session.Prepare(
                """
                SELECT address, status, code, enhanced, reply FROM history_recipient
                WHERE history_id = ? ORDER BY position
                """)
            .Bind(id);
        var recipients = new List<HistoryRecipient>();
        while (select.Step())
        {
            recipients.Add(new HistoryRecipient(
                select.Text(0), (RecipientStatus)select.Number(1), ReplyColumns.Read(select, 2)));
        }

        return recipients;
    }
}
