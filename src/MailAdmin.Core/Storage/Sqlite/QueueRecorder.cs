using MailAdmin.Transports;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Records what attempts came to.</summary>
internal static class QueueRecorder
{
    /// <summary>Records one.</summary>
    /// <returns>False when its lease was lost.</returns>
    public static bool Record(WriteScope scope, QueueAttempt attempt)
    {
        var session = scope.Session;
        if (attempt.History is { } history)
        {
            HistoryRows.Insert(session, history, scope.Now);
        }

        if (attempt.Destination is { } destination)
        {
            Destinations.Set(scope, destination);
        }

        if (Position(session, attempt) is not { } item)
        {
            return false;
        }

        var next = NextState(attempt, Merge(session, attempt));
        if (!QueueItemState.Sending.MayBecome(next))
        {
            throw new InvalidOperationException($"No item becomes {next} after an attempt.");
        }

        // An attempt of somebody who lost the lease can only finish the item: if it is waiting, and all have it by now.
        if (item.IsOwned || (next == QueueItemState.Sent && item.State == QueueItemState.Waiting))
        {
            Update(scope, item, attempt, next);
        }

        return item.IsOwned;
    }

    private static ItemPosition? Position(SqliteSession session, QueueAttempt attempt)
    {
        using var select = session.Prepare(
                "SELECT state, priority, lane, destination_id, owner = ? FROM item WHERE id = ?")
            .Bind(attempt.Owner).Bind(attempt.Id);
        if (!select.Step())
        {
            return null;
        }

        // An item that waits again after its lease ran out still has its last owner, until another takes it.
        var state = (QueueItemState)select.Number(0);
        return new ItemPosition(
            state,
            (QueuePriority)select.Number(1),
            select.Number(2),
            select.Number(3),
            select.Number(4) == 1 && state is QueueItemState.Waiting or QueueItemState.Sending);
    }

    /// <summary>Notes the outcomes of those who do not have it yet.</summary>
    /// <returns>Where all recipients stand.</returns>
    private static List<RecipientStatus> Merge(SqliteSession session, QueueAttempt attempt)
    {
        var outcomes = new Dictionary<string, RecipientOutcome>(attempt.Outcomes.Count, StringComparer.Ordinal);
        foreach (var outcome in attempt.Outcomes)
        {
            outcomes.TryAdd(outcome.Address.ToString(), outcome);
        }

        var recipients = Recipients(session, attempt.Id);
        for (var position = 0; position < recipients.Count; position++)
        {
            var (address, status) = recipients[position];
            if (status != RecipientStatus.Accepted && outcomes.TryGetValue(address, out var outcome))
            {
                Note(session, attempt.Id, position, outcome);
                recipients[position] = (address, outcome.Status);
            }
        }

        return recipients.ConvertAll(recipient => recipient.Status);
    }

    private static List<(string Address, RecipientStatus Status)> Recipients(SqliteSession session, long id)
    {
        using var select = session.Prepare("SELECT address, status FROM recipient WHERE item_id = ? ORDER BY position")
            .Bind(id);
        var recipients = new List<(string, RecipientStatus)>();
        while (select.Step())
        {
            recipients.Add((select.Text(0), (RecipientStatus)select.Number(1)));
        }

        return recipients;
    }

    private static void Note(SqliteSession session, long id, int position, RecipientOutcome outcome)
    {
        using var update = session.Prepare(
                """
                UPDATE recipient SET status = ?, code = ?, enhanced = ?, reply = ?, attempts = attempts + ?
                WHERE item_id = ? AND position = ?
                """)
            .Bind((long)outcome.Status).Bind(outcome.Reply)
            .Bind(outcome.Status == RecipientStatus.NotTried ? 0 : 1).Bind(id).Bind(position);
        update.Run();
    }

    // Who has it has it, whatever an attempt that began without knowing says.
    private static QueueItemState NextState(QueueAttempt attempt, List<RecipientStatus> recipients)
    {
        var accepted = recipients.Count(status => status == RecipientStatus.Accepted);
        return accepted == recipients.Count ? QueueItemState.Sent
            : accepted > 0 && attempt.NextState is QueueItemState.Failed or QueueItemState.Expired
                ? QueueItemState.PartlySent
                : attempt.NextState;
    }

    private static void Update(WriteScope scope, ItemPosition item, QueueAttempt attempt, QueueItemState next)
    {
        var session = scope.Session;
        var now = scope.NowValue;
        var attempted = attempt.Outcomes.Count > 0;
        var isTimed = attempt.NextAttemptAt > scope.Now;
        var lane = isTimed ? Lanes.At(item.Priority) : Lanes.Due(item.Priority);
        using var update = session.Prepare(
                """
                UPDATE item SET state = ?, lane = ?, due_at = ?, owner = NULL, lease_until = NULL, finished_at = ?,
                    attempts = attempts + ?, deferrals = iif(?, 0, deferrals),
                    last_attempt_at = iif(?, ?, last_attempt_at), error = ?, error_id = ?, diagnosis_id = ?
                WHERE id = ?
                """)
            .Bind((long)next).Bind(lane).BindTime(isTimed ? attempt.NextAttemptAt!.Value : scope.Now)
            .Bind(next.IsFinished() ? now : null)
            .Bind(attempted ? 1 : 0).Bind(attempted ? 1 : 0).Bind(attempted ? 1 : 0).Bind(now)
            .Bind(attempt.Error).Bind(attempt.ErrorId).Bind(attempt.DiagnosisId).Bind(attempt.Id);
        update.Run();

        // What is in work is in no lane.
        if (item.State == QueueItemState.Waiting)
        {
            scope.Touch(item.Destination, item.Lane);
        }

        if (next == QueueItemState.Waiting)
        {
            scope.Touch(item.Destination, lane);
        }
    }

    private readonly record struct ItemPosition(
        QueueItemState State, QueuePriority Priority, long Lane, long Destination, bool IsOwned);
}
