namespace MailAdmin.Identity.Inspection;

/// <summary>One thing that a look at a token showed.</summary>
/// <param name="Id">Its stable name in the catalogue of errors, such as <c>TokenExpired</c>.</param>
/// <param name="Severity">Error when the service refuses the token for it.</param>
/// <param name="Detail">What was seen.</param>
public sealed record TokenFinding(string Id, FindingSeverity Severity, TokenDetail Detail)
{
    /// <summary>
    /// What High Volume Email answers, the present code first: <c>535 5.7.143</c>, <c>501 5.5.128</c>.
    /// </summary>
    public IReadOnlyList<string> HveReplies { get; init; } = [];
}
