using System.Collections.ObjectModel;
using MailAdmin.Diagnosis;
using MailAdmin.PowerShell.Sending;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>What a distributor did with a message of the queue.</summary>
public sealed class DistributedMail
{
    internal DistributedMail(DistributedItem item)
    {
        Id = item.Item.Id;
        State = item.Verdict.NextState;
        From = item.Item.Sender?.ToString();
        Subject = item.Item.Subject;
        MessageId = item.Item.MessageId;
        Destination = item.Item.Destination;
        Server = item.Report?.Server;
        Reply = item.Report?.Reply?.ToString();
        Recipients = item.Verdict.Outcomes.Select(outcome => new RecipientResult(outcome)).ToList().AsReadOnly();
        Attempt = item.Attempt;
        NextAttemptAt = item.Verdict.NextAttemptAt?.LocalDateTime;
        Error = item.Verdict.Error;
        Diagnosis = item.Diagnosis;
        Duration = item.Report?.Duration ?? TimeSpan.Zero;
        IsForced = item.IsForced;
    }

    /// <summary>Its number in the queue.</summary>
    public long Id { get; }

    /// <summary>Sent, PartlySent, Failed, Expired, or Waiting for another attempt.</summary>
    public QueueItemState State { get; }

    /// <summary>The sender in the envelope; null for the empty one.</summary>
    public string? From { get; }

    /// <summary>The subject; null when it is not known.</summary>
    public string? Subject { get; }

    /// <summary>The Message-ID without angle brackets.</summary>
    public string? MessageId { get; }

    /// <summary>Which way it goes.</summary>
    public string Destination { get; }

    /// <summary>The server and its port; null when none was asked.</summary>
    public string? Server { get; }

    /// <summary>The reply that decided it; null when there was none.</summary>
    public string? Reply { get; }

    /// <summary>The recipients of this attempt.</summary>
    public ReadOnlyCollection<RecipientResult> Recipients { get; }

    /// <summary>Which attempt it was.</summary>
    public int Attempt { get; }

    /// <summary>When it is tried again; null when it is not.</summary>
    public DateTime? NextAttemptAt { get; }

    /// <summary>Why not everybody has it; null when everybody has.</summary>
    public MailException? Error { get; }

    /// <summary>The cause and the remedies; null when it went, or when nothing is known.</summary>
    public SmtpDiagnosis? Diagnosis { get; }

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>True when it was attempted although a limit was reached, after the most deferrals.</summary>
    public bool IsForced { get; }
}
