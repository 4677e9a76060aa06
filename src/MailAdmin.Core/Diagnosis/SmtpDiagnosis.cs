using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis;

/// <summary>Why an attempt to send failed, and what to do about it.</summary>
public sealed record SmtpDiagnosis
{
    /// <summary>The stable name of the cause, such as <c>SendAsMissing</c>; the same in every language.</summary>
    public required string Id { get; init; }

    /// <summary>The reply code, such as 550; null when there was none.</summary>
    public int? Code { get; init; }

    /// <summary>The code of RFC 3463, such as 5.7.60; null when there was none.</summary>
    public EnhancedStatusCode? EnhancedCode { get; init; }

    /// <summary>What was said, on one line, without control characters and at most 2,000 characters long.</summary>
    public required string Text { get; init; }

    /// <summary>The cause in one or two sentences.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do, the most promising first; at least one.</summary>
    public required IReadOnlyList<string> Remedies { get; init; }

    /// <summary>
    /// Commands for the administrator, one on each line; null when there is none. What is not known stands in angle
    /// brackets, such as <c>&lt;user&gt;</c>.
    /// </summary>
    public string? AdminCommand { get; init; }

    /// <summary>True when the same attempt may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>What another attempt is worth.</summary>
    public RetryAdvice Retry { get; init; }

    /// <summary><see cref="Retry"/> as a sentence.</summary>
    public required string RetryAdvice { get; init; }

    /// <summary>
    /// The sending methods that this can happen to: Submission, Relay, DirectSend, Hve, Acs, Gmail, OnPremises, Graph,
    /// Pickup; empty when it can happen to any.
    /// </summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Where in the session it happens; null when that is not known.</summary>
    public SmtpStage? Stage { get; init; }

    /// <summary>Where to read more; empty when nothing is better than the text here.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The first of <see cref="Links"/>, or null.</summary>
    public string? Link => Links.Count > 0 ? Links[0] : null;

    /// <summary>How sure it is.</summary>
    public DiagnosisConfidence Confidence { get; init; }

    /// <summary>What decided, such as <c>5.7.139, text</c>.</summary>
    public required string MatchedBy { get; init; }

    /// <summary>The culture of cause, remedies and advice, such as <c>en-US</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>When the knowledge behind it was last checked, as <c>yyyy-MM</c>.</summary>
    public required string SourceDate { get; init; }

    /// <summary>The recipient that it is about; null when it is about the attempt as a whole or nobody knows.</summary>
    public string? Recipient { get; init; }

    /// <summary>The server that said it; null when it is not known.</summary>
    public string? Server { get; init; }

    /// <summary>The line of the log or of the pasted text, from 1; null when it comes from elsewhere.</summary>
    public int? LineNumber { get; init; }

    /// <summary>The cause and the first remedy.</summary>
    public override string ToString() => $"{Cause} {Remedies[0]}";
}
