using System.Collections.ObjectModel;
using MailAdmin.Diagnosis;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Keeping;

/// <summary>One attempt to send one message.</summary>
public sealed class EmailHistoryRecord
{
    private readonly HistoryRecord _record;

    internal EmailHistoryRecord(HistoryRecord record)
    {
        _record = record;
        Recipients = record.Recipients.Select(r => new EmailHistoryRecipient(r)).ToList().AsReadOnly();
    }

    /// <summary>When the attempt ended, in local time.</summary>
    public DateTime Time => _record.At!.Value.LocalDateTime;

    /// <summary>Interactive, or Batch for one from the queue.</summary>
    public HistoryOrigin Origin => _record.Origin;

    /// <summary>Sent, PartlySent, Deferred or Failed.</summary>
    public DeliveryStatus Status => _record.Status;

    /// <summary>The sender in the envelope; null for the empty one.</summary>
    public string? From => _record.Sender;

    /// <summary>The recipients of the attempt, each with its own outcome.</summary>
    /// <remarks>
    /// No array: those have a method Address, which would hide what <c>$record.Recipients.Address</c> asks for.
    /// </remarks>
    public ReadOnlyCollection<EmailHistoryRecipient> Recipients { get; }

    /// <summary>The subject; null when it is not known.</summary>
    public string? Subject => _record.Subject;

    /// <summary>The Message-ID without angle brackets.</summary>
    public string? MessageId => _record.MessageId;

    /// <summary>The size of the message in octets.</summary>
    public long Size => _record.Size;

    /// <summary>The way it went, such as Smtp.</summary>
    public string? Method => _record.Method;

    /// <summary>The server and its port.</summary>
    public string? Server => _record.Server;

    /// <summary>The address behind the server's name; null when no connection was made.</summary>
    public string? RemoteAddress => _record.RemoteAddress;

    /// <summary>The code of the reply that decided the outcome; null when there was none.</summary>
    public int? ReplyCode => _record.Reply?.Code;

    /// <summary>The enhanced status code of that reply; null when it has none.</summary>
    public string? EnhancedCode => _record.Reply?.Enhanced?.ToString();

    /// <summary>The text of that reply.</summary>
    public string? Reply => _record.Reply?.Text;

    /// <summary>
    /// Why not every recipient has it; null when all have, or when only the replies to single recipients tell.
    /// </summary>
    public string? Error => _record.Error;

    /// <summary>The id of that failure, such as SmtpConnectFailed.</summary>
    public string? ErrorId => _record.ErrorId;

    /// <summary>The id of the cause in the catalogue of errors; null when it is not known.</summary>
    public string? DiagnosisId => _record.DiagnosisId;

    /// <summary>Why it did not go and what to do about it; null when it went, or when nothing is known.</summary>
    public SmtpDiagnosis? Diagnosis => DiagnosisId is null
        ? null
        : Replies().SelectMany(reply => ErrorCatalog.Default.Explain(reply)).FirstOrDefault(d => d.Id == DiagnosisId);

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Duration => _record.Duration;

    /// <summary>True when it was made although a limit was reached, as it had been deferred often enough.</summary>
    public bool IsForced => _record.IsForced;

    /// <summary>The number of the item in the queue; null for an interactive attempt.</summary>
    public long? QueueId => _record.QueueId;

    /// <summary>Which attempt of the item it was.</summary>
    public int Attempt => _record.Attempt;

    private IEnumerable<string> Replies() =>
        _record.Recipients.Select(r => r.Reply).Prepend(_record.Reply)
            .Where(reply => reply is { Code: >= 400 })
            .Select(reply => reply!.Enhanced is { } code ? $"{reply.Code} {code} {reply.Text}" : reply.ToString())
            .Append(_record.Error ?? "")
            .Where(text => text.Length > 0);
}
