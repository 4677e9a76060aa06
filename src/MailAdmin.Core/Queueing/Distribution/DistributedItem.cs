using MailAdmin.Diagnosis;
using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Distribution;

/// <summary>What a distributor did with an item, after it was written down.</summary>
/// <param name="Item">The item as it was taken.</param>
/// <param name="Verdict">What the attempt means for it.</param>
/// <param name="Report">What the transport said; null when the item was not attempted, as its time was over.</param>
public sealed record DistributedItem(QueueItem Item, AttemptVerdict Verdict, DeliveryReport? Report)
{
    /// <summary>True when it was attempted although a limit was reached, after the most deferrals.</summary>
    public bool IsForced { get; init; }

    /// <summary>Which attempt it was; without one, how many there were.</summary>
    public int Attempt => Item.Attempts + (Verdict.Outcomes.Count > 0 ? 1 : 0);

    /// <summary>
    /// Why not everybody has it and what to do; null when it went, or when nothing is known. Made anew with each call.
    /// </summary>
    public SmtpDiagnosis? Diagnosis => Report?.Diagnosis
        ?? (Verdict.Error is { } error ? ErrorCatalog.Default.Explain(error).FirstOrDefault() : null);
}
