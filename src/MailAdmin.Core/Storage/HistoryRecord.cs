using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Storage;

/// <summary>One attempt to send one message.</summary>
public sealed record HistoryRecord
{
    /// <summary>Its number within the store.</summary>
    public long Id { get; init; }

    /// <summary>When the attempt ended; null to have the store say when it is added.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What made the attempt.</summary>
    public required HistoryOrigin Origin { get; init; }

    /// <summary>The outcome of this attempt.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>The envelope's sender; null for the empty one.</summary>
    public string? Sender { get; init; }

    /// <summary>The recipients of the attempt.</summary>
    public required IReadOnlyList<HistoryRecipient> Recipients { get; init; }

    /// <summary>The subject; null when it is not known.</summary>
    public string? Subject { get; init; }

    /// <summary>The Message-ID without angle brackets; null when there is none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The size in octets; 0 when it was never prepared.</summary>
    public long Size { get; init; }

    /// <summary>The way it went, such as <c>Smtp</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The server and its port.</summary>
    public string? Server { get; init; }

    /// <summary>The address behind the server's name and its port; null when no connection was made.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>The reply that decided the outcome; null when there was none.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>Why not every recipient has it, for people, without secrets.</summary>
    public string? Error { get; init; }

    /// <summary>The id of that failure, such as <c>SmtpConnectFailed</c>.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The id of its diagnosis in the error catalogue.</summary>
    public string? DiagnosisId { get; init; }

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True when it was made although a limit was reached, after the most deferrals.</summary>
    public bool IsForced { get; init; }

    /// <summary>The item of the queue; null for an interactive attempt.</summary>
    public long? QueueId { get; init; }

    /// <summary>Which attempt of the item it was, from 1.</summary>
    public int Attempt { get; init; } = 1;
}
