using MailAdmin.Queueing.Distribution;

namespace MailAdmin.Cli.Output;

/// <summary>What a distributor did with a message.</summary>
/// <param name="Type">Always <c>item</c>.</param>
/// <param name="Id">Its number in the queue.</param>
/// <param name="State">Sent, PartlySent, Failed, Expired, or Waiting for another attempt.</param>
/// <param name="From">The reverse path; null for the empty one.</param>
/// <param name="Recipients">The recipients of this attempt.</param>
/// <param name="Subject">Decoded; null when it is not known.</param>
/// <param name="MessageId">Without angle brackets; null when there is none.</param>
/// <param name="Destination">Which way it goes.</param>
/// <param name="Server">Host and port; null when none was asked.</param>
/// <param name="Reply">The reply that decided it.</param>
/// <param name="Attempt">Which attempt it was.</param>
/// <param name="NextAttemptAt">When it is tried again; null when it is not.</param>
/// <param name="DurationMs">Milliseconds that the attempt took.</param>
/// <param name="IsForced">True when it was attempted although a limit was reached.</param>
/// <param name="Error">Why not everybody has it.</param>
/// <param name="Diagnosis">What that means and what to do.</param>
internal sealed record DistributedJson(
    string Type,
    long Id,
    string State,
    string? From,
    IReadOnlyList<RecipientJson> Recipients,
    string? Subject,
    string? MessageId,
    string Destination,
    string? Server,
    ReplyJson? Reply,
    int Attempt,
    DateTimeOffset? NextAttemptAt,
    double DurationMs,
    bool IsForced,
    ErrorJson? Error,
    DiagnosisJson? Diagnosis)
{
    public static DistributedJson Of(DistributedItem done) => new(
        "item",
        done.Item.Id,
        done.Verdict.NextState.ToString(),
        done.Item.Sender?.ToString(),
        [.. done.Verdict.Outcomes.Select(RecipientJson.Of)],
        done.Item.Subject,
        done.Item.MessageId,
        done.Item.Destination,
        done.Report?.Server,
        ReplyJson.Of(done.Report?.Reply),
        done.Attempt,
        done.Verdict.NextAttemptAt,
        Math.Round(done.Report?.Duration.TotalMilliseconds ?? 0, 1),
        done.IsForced,
        done.Verdict.Error is { } error ? ErrorJson.Of(error) : null,
        done.Diagnosis is { } diagnosis ? DiagnosisJson.Of(diagnosis) : null);
}
