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

        if (ItemRows.Find(session, attempt.Id) is not { } item)
        {
            return false;
        }

        var recipients = Merge(session, item, attempt);
        var owned = IsOwner(session, attempt);
        var next = NextState(attempt, recipients);
        if (!QueueItemState.Sending.MayBecome(next))
        {
            throw new InvalidOperationException($"No item becomes {next} after an attempt.");
        }

        // An attempt of somebody who lost the lease can only finish the item: if it is waiting, and all have it by now.
        if (owned || (next == QueueItemState.Sent && item.State == QueueItemState.Waiting))
        {
            Update(scope, item, attempt, next);
        }

        return owned;
    }

    private static bool IsOwner(SqliteSession session, QueueAttempt attempt)
    {
        // An item that waits again after its lease ran out still has its last owner, until another takes it.
        using var select = session.Prepare("SELECT 1 FROM item WHERE id = ? AND owner = ? AND state IN (0, 1)")
            .Bind(attempt.Id).Bind(attempt.Owner);
        return select.Step();
    }

    private static List<QueueRecipient> Merge(SqliteSession session, QueueItem item, QueueAttempt attempt)
    {
        var outcomes = attempt.Outcomes.ToLookup(outcome => outcome.Address);
        var merged = item.Recipients.ToList();
        for (var position = 0; position < merged.Count; position++)
        {
            var before = merged[position];
            if (before.Status != RecipientStatus.Accepted &&
                outcomes[before.Recipient.Address].FirstOrDefault() is { } outcome)
            {
                merged[position] = before with
                {
                    Status = outcome.Status,
                    Reply = outcome.Reply,
                    Attempts = before.Attempts + (outcome.Status == RecipientStatus.NotTried ? 0 : 1),
                };
                ItemRows.Update(session, item.Id, position, merged[position]);
            }
        }

        return merged;
    }

    // Who has it has it, whatever an attempt that began without knowing says.
    private static QueueItemState NextState(QueueAttempt attempt, List<QueueRecipient> recipients)
    {
        var accepted = recipients.Count(r => r.Status == RecipientStatus.Accepted);
        return accepted == recipients.Count ? QueueItemState.Sent
            : accepted > 0 && attempt.NextState is QueueItemState.Failed or QueueItemState.Expired
                ? QueueItemState.PartlySent
                : attempt.NextState;
    }

    private static void Update(WriteScope scope, QueueItem item, QueueAttempt attempt, QueueItemState next)
    {
        var session = scope.Session;
        var now = scope.NowValue;
        var attempted = attempt.Outcomes.Count > 0;
        var isTimed = attempt.NextAttemptAt > scope.Now;
        var lane = isTimed ? Lanes.At(item.Priority) : Lanes.Due(item.Priority);
        var destination = Lookups.Destination(session, item.Destination);
        using var update = session.Prepare(
                """
                UPDATE item SET state = ?, lane = ?, due_at = ?, owner = NULL, lease_until = NULL, finished_at = ?,
                    attempts = attempts + ?, deferrals = iif(?, 0, deferrals), last_attempt_at = iif(?, ?, last_attempt_at),
                    error = ?, error_id = ?, diagnosis_id = ?
                WHERE id = ?
                """)
            .Bind((long)next).Bind(lane).BindTime(isTimed ? attempt.NextAttemptAt!.Value : scope.Now)
            .Bind(next.IsFinished() ? now : null)
            .Bind(attempted ? 1 : 0).Bind(attempted ? 1 : 0).Bind(attempted ? 1 : 0).Bind(now)
            .Bind(attempt.Error).Bind(attempt.ErrorId).Bind(attempt.DiagnosisId).Bind(item.Id);
        update.Run();
        scope.TouchAll(destination);
    }
}
