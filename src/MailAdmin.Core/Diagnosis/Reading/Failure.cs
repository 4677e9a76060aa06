using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>One failure as it was found in some input, before anything is known about its cause.</summary>
internal sealed record Failure
{
    /// <summary>All codes in the text, the likeliest first; empty when there is none.</summary>
    public IReadOnlyList<StatusPair> Codes { get; init; } = [];

    /// <summary>All that was said, on one line.</summary>
    public string Text { get; init; } = "";

    /// <summary>True when the text says more than the codes do.</summary>
    public bool HasWords { get; init; }

    /// <summary>The name of MailAdmin's own failure.</summary>
    public string? ErrorId { get; init; }

    public SmtpStage? Stage { get; init; }

    public string? User { get; init; }

    public string? Sender { get; init; }

    public string? Recipient { get; init; }

    public string? Server { get; init; }

    public int? Line { get; init; }

    /// <summary>True when a server reports a delay and is still trying.</summary>
    public bool IsDelay { get; init; }
}
