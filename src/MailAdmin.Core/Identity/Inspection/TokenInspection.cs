namespace MailAdmin.Identity.Inspection;

/// <summary>
/// What a token or an argument of XOAUTH2 says, and what is to be said about it. It never holds the token.
/// </summary>
public sealed record TokenInspection
{
    private const string SubmissionRefusal = "535 5.7.3";
    private const string PopRefusal = "-ERR";

    /// <summary>What the text turned out to be.</summary>
    public required TokenForm Form { get; init; }

    /// <summary>What it was looked at for.</summary>
    public required TokenExpectation Expectation { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset InspectedAt { get; init; }

    /// <summary>The user that the argument of XOAUTH2 or OAUTHBEARER names; null for a token alone.</summary>
    public string? LoginName { get; init; }

    /// <summary>What the token says; null when there is none, or it cannot be read.</summary>
    public TokenClaims? Claims { get; init; }

    /// <summary>The findings, in the order in which services look at them.</summary>
    public IReadOnlyList<TokenFinding> Findings { get; init; } = [];

    /// <summary>The first finding for which the token is refused; null when it should be taken.</summary>
    public TokenFinding? Fault => Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>
    /// What the service is going to answer: code and enhanced code, or the status of HTTP for Graph; null when it
    /// should take the token.
    /// </summary>
    public string? PredictedReply => (Fault, Expectation.Service) switch
    {
        (null, _) => null,
        (_, TokenService.Hve) => Fault.HveReplies.FirstOrDefault(),
        (_, TokenService.Pop) => PopRefusal,
        ({ Id: "TokenPermissionWrong" }, TokenService.Graph) => "403",
        (_, TokenService.Graph) => "401",
        _ => SubmissionRefusal,
    };
}
