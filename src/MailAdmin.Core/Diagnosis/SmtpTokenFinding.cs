using MailAdmin.Identity.Inspection;

namespace MailAdmin.Diagnosis;

/// <summary>One thing that a look at a token showed, in words.</summary>
public sealed class SmtpTokenFinding
{
    internal SmtpTokenFinding(TokenFinding finding, string detail, SmtpDiagnosis diagnosis)
    {
        Id = finding.Id;
        Severity = finding.Severity;
        HveReplies = [.. finding.HveReplies];
        Detail = detail;
        Message = diagnosis.Cause;
        Remedies = [.. diagnosis.Remedies];
        AdminCommand = diagnosis.AdminCommand;
    }

    /// <summary>The stable name, such as <c>TokenExpired</c>; the same in every language.</summary>
    public string Id { get; }

    /// <summary>Error when the service refuses the token for it.</summary>
    public FindingSeverity Severity { get; }

    /// <summary>What is wrong, in one or two sentences.</summary>
    public string Message { get; }

    /// <summary>What was seen in this token.</summary>
    public string Detail { get; }

    /// <summary>What to do about it, the most promising first.</summary>
    public IReadOnlyList<string> Remedies { get; }

    /// <summary>Commands for the administrator, one on each line; null when there is none.</summary>
    public string? AdminCommand { get; }

    /// <summary>What High Volume Email answers, the present code first; empty when it does not mind.</summary>
    public IReadOnlyList<string> HveReplies { get; }

    /// <summary>Message, detail and the first remedy.</summary>
    public override string ToString() => $"{Severity}: {Message} {Detail} {Remedies[0]}";
}
