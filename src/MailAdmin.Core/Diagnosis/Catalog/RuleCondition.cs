namespace MailAdmin.Diagnosis.Catalog;

/// <summary>One way in which a rule applies: everything that is given must fit.</summary>
// The serialiser sets what is absent to null.
internal sealed record RuleCondition
{
    /// <summary>Reply codes, one of which must fit: <c>550</c> or <c>5xx</c>.</summary>
    public IReadOnlyList<string> Code { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Codes of RFC 3463, one of which must fit: <c>5.7.60</c>, <c>*.1.1</c>, <c>5.7.606-649</c>, <c>5.7.*</c>.
    /// </summary>
    public IReadOnlyList<string> Enhanced { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Pieces of text that must all occur, in any order, without regard to case; <c>|</c> parts words of which one is
    /// enough.
    /// </summary>
    public IReadOnlyList<string> Text { get; init => field = value ?? []; } = [];

    /// <summary>Names of MailAdmin's own failures, one of which must fit.</summary>
    public IReadOnlyList<string> ErrorId { get; init => field = value ?? []; } = [];

    /// <summary>Stages of the session, one of which must fit.</summary>
    public IReadOnlyList<string> Stage { get; init => field = value ?? []; } = [];
}
