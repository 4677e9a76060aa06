using MailAdmin.Diagnosis;
using MailAdmin.History;
using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Distribution;

/// <summary>Makes what the queue keeps of an attempt, with its record of the history.</summary>
internal static class AttemptHistory
{
    internal static QueueAttempt Record(
        string owner, QueueItem item, AttemptVerdict verdict, DeliveryReport? report, bool isForced)
    {
        var history = report is null ? null : DeliveryHistory.Record(report, item, isForced);
        var diagnosis = verdict.NextState == QueueItemState.Sent ? null
            : history is not null ? history.DiagnosisId
            : Diagnose(verdict.Error);
        var error = verdict.Error?.Message ?? FirstRefusal(verdict);
        return new QueueAttempt
        {
            Id = item.Id,
            Owner = owner,
            Outcomes = verdict.Outcomes,
            NextState = verdict.NextState,
            NextAttemptAt = verdict.NextAttemptAt,
            Error = error ?? (verdict.NextState == QueueItemState.Sent ? null : item.LastError),
            ErrorId = verdict.Error?.ErrorId
                ?? (error is null && verdict.Outcomes.Count == 0 ? item.LastErrorId : null),
            DiagnosisId = diagnosis ?? (verdict.Outcomes.Count == 0 ? item.DiagnosisId : null),
            History = history,
            Destination = verdict.Destination,
        };
    }

    private static string? Diagnose(MailException? error) =>
        error is null ? null : ErrorCatalog.Default.Explain(error).FirstOrDefault()?.Id;

    private static string? FirstRefusal(AttemptVerdict verdict) =>
        verdict.Outcomes.FirstOrDefault(o => o.Status != RecipientStatus.Accepted)?.Reply?.ToString();
}
