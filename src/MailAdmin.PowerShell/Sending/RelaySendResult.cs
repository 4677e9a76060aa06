using System.Collections.ObjectModel;
using System.Net;
using System.Security.Authentication;
using MailAdmin.Diagnosis;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Sending;

/// <summary>What became of one message: one object for each message, sent or not.</summary>
public sealed class RelaySendResult
{
    private readonly DeliveryReport _report;

    internal RelaySendResult(DeliveryReport report, string? from, string? subject, long? queueId = null)
    {
        QueueId = queueId;
        Status = report.Status;
        Method = report.Method;
        Server = report.Server;
        RemoteAddress = report.RemoteAddress;
        TlsProtocol = report.TlsProtocol;
        ReplyCode = report.Reply?.Code;
        EnhancedCode = report.Reply?.Enhanced?.ToString();
        Reply = report.Reply?.Text;
        Stage = report.Stage?.ToString();
        _report = report;
        Error = report.Error;
        Warnings = report.Warnings;
        MessageId = report.MessageId;
        From = from;
        Subject = subject;
        Recipients = report.Recipients.Select(r => new RecipientResult(r)).ToList().AsReadOnly();
        Duration = report.Duration;
        Size = report.Size;
        Diagnosis = Explain(ErrorCatalog.Default, culture: null).FirstOrDefault();
    }

    /// <summary>Sent, PartlySent, Queued, Deferred (another attempt may succeed) or Failed.</summary>
    public DeliveryStatus Status { get; }

    /// <summary>The way it went, such as Smtp.</summary>
    public string Method { get; }

    /// <summary>The server and its port.</summary>
    public string Server { get; }

    /// <summary>The address behind the server's name; null when no connection was made.</summary>
    public IPEndPoint? RemoteAddress { get; }

    /// <summary>The version of TLS; null without TLS.</summary>
    public SslProtocols? TlsProtocol { get; }

    /// <summary>The code of the reply that decided the outcome; null when there was none.</summary>
    public int? ReplyCode { get; }

    /// <summary>The enhanced status code of that reply, such as 2.0.0; null when it has none.</summary>
    public string? EnhancedCode { get; }

    /// <summary>The text of that reply, often with the server's own name for the message.</summary>
    public string? Reply { get; }

    /// <summary>The step at which the attempt ended; EndOfData when it was sent, null without a session.</summary>
    public string? Stage { get; }

    /// <summary>Why it did not go and what to do about it; null when it went, or when nothing is known.</summary>
    public SmtpDiagnosis? Diagnosis { get; }

    /// <summary>The failure as an object; null when there was none.</summary>
    public MailException? Error { get; }

    /// <summary>What is worth knowing although the message went out.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The number of the message in the queue; null when it was sent at once.</summary>
    public long? QueueId { get; }

    /// <summary>The Message-ID without angle brackets; null when the message has none.</summary>
    public string? MessageId { get; }

    /// <summary>The sender in the envelope; null for the empty one.</summary>
    public string? From { get; }

    /// <summary>The subject; null when it is not known.</summary>
    public string? Subject { get; }

    /// <summary>Each recipient with its own reply.</summary>
    /// <remarks>
    /// No array: those have a method Address, which would hide what <c>$result.Recipients.Address</c> asks for.
    /// </remarks>
    public ReadOnlyCollection<RecipientResult> Recipients { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The size of the message in octets.</summary>
    public long Size { get; }

    /// <summary>Explains why it did not go.</summary>
    internal IReadOnlyList<SmtpDiagnosis> Explain(ErrorCatalog catalog, string? culture) =>
        _report.Explain(catalog, culture, new DiagnosisContext { Sender = From });
}
