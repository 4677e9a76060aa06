using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Catalog;

/// <summary>
/// One cause of failure as it stands in a file of rules; its words are in the files of the languages.
/// </summary>
// The serialiser sets what is absent to null.
internal sealed record ErrorRule
{
    /// <summary>The stable name in PascalCase.</summary>
    public required string Id { get; init; }

    /// <summary>The ways in which it applies; one is enough.</summary>
    public required IReadOnlyList<RuleCondition> When { get; init; }

    /// <summary>The sending methods that it concerns; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; init => field = value ?? []; } = [];

    /// <summary>Where it happens; null when that varies.</summary>
    public SmtpStage? Stage { get; init; }

    /// <summary>Whether the same attempt may succeed later; null when the code's class says so.</summary>
    public bool? Transient { get; init; }

    /// <summary>What another attempt is worth; null when the code's class says so.</summary>
    public RetryAdvice? Retry { get; init; }

    /// <summary>Commands with the placeholders {user}, {sender}, {recipient}, {domain} and {server}.</summary>
    public IReadOnlyList<string> Commands { get; init => field = value ?? []; } = [];

    /// <summary>Where to read more.</summary>
    public IReadOnlyList<string> Links { get; init => field = value ?? []; } = [];

    /// <summary>When this was last checked, as <c>yyyy-MM</c>.</summary>
    public required string Source { get; init; }
}
