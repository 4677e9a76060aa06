using MailAdmin.Diagnosis;
using MailAdmin.History;
using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Distribution;

/// <summary>Writes an attempt down in the forms that the store keeps.</summary>
internal static class AttemptHistory
{
    internal static QueueAttempt Record(
        string owner, QueueItem item, AttemptVerdict verdict, DeliveryReport? report, bool isForced)
    {
        var diagnosis = Diagnose(report, verdict);
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
            History = report is null ? null : DeliveryHistory.Record(report, item.Sender, item.Subject) with
            {
                Origin = HistoryOrigin.Batch,
                IsForced = isForced,
                QueueId = item.Id,
                Attempt = item.Attempts + 1,
            },
            Destination = verdict.Destination,
        };
    }

    private static string? Diagnose(DeliveryReport? report, AttemptVerdict verdict) => verdict.NextState switch
    {
        QueueItemState.Sent => null,
        _ when report is not null => report.Explain(ErrorCatalog.Default).FirstOrDefault()?.Id,
        _ => verdict.Error is { } error ? ErrorCatalog.Default.Explain(error).FirstOrDefault()?.Id : null,
    };

    private static string? FirstRefusal(AttemptVerdict verdict) =>
        verdict.Outcomes.FirstOrDefault(o => o.Status != RecipientStatus.Accepted)?.Reply?.ToString();
}
