using System.Collections.ObjectModel;
using MailAdmin.PowerShell.Sending;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>A message in the queue, as it was when it was looked at.</summary>
public sealed class EmailQueueItem
{
    internal EmailQueueItem(QueueItem item)
    {
        Id = item.Id;
        State = item.State;
        Priority = item.Priority;
        From = item.Sender?.ToString();
        Recipients = item.Recipients
            .Select(r => new RecipientResult(new RecipientOutcome(r.Recipient.Address, r.Status, r.Reply)))
            .ToList()
            .AsReadOnly();
        To = string.Join(", ", Recipients.Select(r => r.Address));
        Subject = item.Subject;
        MessageId = item.MessageId;
        Size = item.Size;
        Destination = item.Destination;
        QueuedAt = item.QueuedAt.LocalDateTime;
        NotBefore = item.NotBefore?.LocalDateTime;
        NextAttemptAt = item.NextAttemptAt?.LocalDateTime;
        ExpiresAt = item.ExpiresAt.LocalDateTime;
        Attempts = item.Attempts;
        Deferrals = item.Deferrals;
        LastAttemptAt = item.LastAttemptAt?.LocalDateTime;
        LastError = item.LastError;
        LastErrorId = item.LastErrorId;
        DiagnosisId = item.DiagnosisId;
        FinishedAt = item.FinishedAt?.LocalDateTime;
        Owner = item.Owner;
        LeasedUntil = item.LeasedUntil?.LocalDateTime;
    }

    /// <summary>Its number in the queue.</summary>
    public long Id { get; }

    /// <summary>Waiting, Sending, Held, Sent, PartlySent, Failed or Expired.</summary>
    public QueueItemState State { get; }

    /// <summary>High, Normal or Low.</summary>
    public QueuePriority Priority { get; }

    /// <summary>The sender in the envelope; null for the empty one.</summary>
    public string? From { get; }

    /// <summary>The addresses of all recipients.</summary>
    public string To { get; }

    /// <summary>Each recipient with its own outcome.</summary>
    public ReadOnlyCollection<RecipientResult> Recipients { get; }

    /// <summary>The subject; null when it is not known.</summary>
    public string? Subject { get; }

    /// <summary>The Message-ID without angle brackets, which every attempt keeps.</summary>
    public string? MessageId { get; }

    /// <summary>The size in octets.</summary>
    public long Size { get; }

    /// <summary>Which way it goes: the server, or the method with its domain, and who logs in.</summary>
    public string Destination { get; }

    /// <summary>When it was queued.</summary>
    public DateTime QueuedAt { get; }

    /// <summary>Not to be sent earlier; null for at once.</summary>
    public DateTime? NotBefore { get; }

    /// <summary>When it is due; null when it is finished or held.</summary>
    public DateTime? NextAttemptAt { get; }

    /// <summary>When it is given up.</summary>
    public DateTime ExpiresAt { get; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; }

    /// <summary>How often a limit deferred it since its last attempt.</summary>
    public int Deferrals { get; }

    /// <summary>When it was last attempted.</summary>
    public DateTime? LastAttemptAt { get; }

    /// <summary>Why the last attempt did not reach everybody; null when it did.</summary>
    public string? LastError { get; }

    /// <summary>The id of that failure.</summary>
    public string? LastErrorId { get; }

    /// <summary>The id of its diagnosis; Resolve-SmtpError explains LastError.</summary>
    public string? DiagnosisId { get; }

    /// <summary>When it came to its end; null before.</summary>
    public DateTime? FinishedAt { get; }

    /// <summary>Which distributor has it in work; null when none has.</summary>
    public string? Owner { get; }

    /// <summary>When that distributor's hold ends unless it renews it.</summary>
    public DateTime? LeasedUntil { get; }
}
