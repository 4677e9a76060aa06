using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Output;

/// <summary>A message in the queue.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">Waiting, Sending, Held, Sent, PartlySent, Failed or Expired.</param>
/// <param name="Priority">High, Normal or Low.</param>
/// <param name="From">The reverse path; null for the empty one.</param>
/// <param name="Recipients">Every recipient with its own outcome.</param>
/// <param name="Subject">Decoded; null when it is not known.</param>
/// <param name="MessageId">Without angle brackets; null when there is none.</param>
/// <param name="Size">Octets of the content.</param>
/// <param name="Destination">Which way it goes.</param>
/// <param name="QueuedAt">When it was queued.</param>
/// <param name="NotBefore">Not to be sent earlier; null for at once.</param>
/// <param name="NextAttemptAt">When it is due; null when it is finished or held.</param>
/// <param name="ExpiresAt">When it is given up.</param>
/// <param name="Attempts">How often it was attempted.</param>
/// <param name="Deferrals">How often a limit deferred it since its last attempt.</param>
/// <param name="LastAttemptAt">When it was last attempted.</param>
/// <param name="LastError">Why that did not reach everybody; null when it did.</param>
/// <param name="LastErrorId">The id of that failure.</param>
/// <param name="DiagnosisId">The id of its diagnosis.</param>
/// <param name="FinishedAt">When it came to its end.</param>
/// <param name="Owner">Which distributor has it in work.</param>
/// <param name="LeasedUntil">When that distributor's hold ends.</param>
internal sealed record QueueItemJson(
    long Id,
    string State,
    string Priority,
    string? From,
    IReadOnlyList<RecipientJson> Recipients,
    string? Subject,
    string? MessageId,
    long Size,
    string Destination,
    DateTimeOffset QueuedAt,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset ExpiresAt,
    int Attempts,
    int Deferrals,
    DateTimeOffset? LastAttemptAt,
    string? LastError,
    string? LastErrorId,
    string? DiagnosisId,
    DateTimeOffset? FinishedAt,
    string? Owner,
    DateTimeOffset? LeasedUntil)
{
    public static QueueItemJson Of(QueueItem item) => new(
        item.Id,
        item.State.ToString(),
        item.Priority.ToString(),
        item.Sender?.ToString(),
        [.. item.Recipients
            .Select(r => new RecipientOutcome(r.Recipient.Address, r.Status, r.Reply))
            .Select(RecipientJson.Of)],
        item.Subject,
        item.MessageId,
        item.Size,
        item.Destination,
        item.QueuedAt,
        item.NotBefore,
        item.NextAttemptAt,
        item.ExpiresAt,
        item.Attempts,
        item.Deferrals,
        item.LastAttemptAt,
        item.LastError,
        item.LastErrorId,
        item.DiagnosisId,
        item.FinishedAt,
        item.Owner,
        item.LeasedUntil);
}
