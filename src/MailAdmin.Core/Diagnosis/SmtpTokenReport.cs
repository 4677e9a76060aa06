using MailAdmin.Identity;
using MailAdmin.Identity.Inspection;

namespace MailAdmin.Diagnosis;

/// <summary>What an access token, or an argument of XOAUTH2, says and is worth. It never holds the token.</summary>
public sealed class SmtpTokenReport
{
    private readonly TokenInspection _inspection;

    internal SmtpTokenReport(TokenInspection inspection, string culture, IReadOnlyList<SmtpTokenFinding> findings)
    {
        _inspection = inspection;
        Culture = culture;
        Findings = findings;
    }

    /// <summary>The service that it was looked at for.</summary>
    public TokenService Service => _inspection.Expectation.Service;

    /// <summary>True when nothing that can be seen speaks against it.</summary>
    public bool IsAcceptable => _inspection.Fault is null;

    /// <summary>What the service is going to answer; null when it should take the token.</summary>
    public string? PredictedReply => _inspection.PredictedReply;

    /// <summary>The worst of the findings; Ok when there is none.</summary>
    public FindingSeverity Severity =>
        Findings.Select(finding => finding.Severity).DefaultIfEmpty(FindingSeverity.Ok).Max();

    /// <summary>What was found, in the order in which services look at it.</summary>
    public IReadOnlyList<SmtpTokenFinding> Findings { get; }

    /// <summary>What the text turned out to be.</summary>
    public TokenForm Form => _inspection.Form;

    /// <summary>
    /// For whom the token speaks: a user (Delegated) or an app (Application); null when that is not known.
    /// </summary>
    public TokenGrant? Grant => _inspection.Claims?.Grant;

    /// <summary>The user: of the token, else whom the argument logs in; null for an app's token alone.</summary>
    public string? User => _inspection.Claims?.User ?? _inspection.LoginName;

    /// <summary>Whom the argument of XOAUTH2 logs in; null for a token alone.</summary>
    public string? LoginName => _inspection.LoginName;

    /// <summary>Whom the token is for (<c>aud</c>).</summary>
    public string? Audience =>
        _inspection.Claims is { Audiences: { Count: > 0 } several } ? string.Join(' ', several) : null;

    /// <summary>What the app may do for the user (<c>scp</c>).</summary>
    public IReadOnlyList<string> Scopes => [.. _inspection.Claims?.Scopes ?? []];

    /// <summary>What the app may do by itself (<c>roles</c>).</summary>
    public IReadOnlyList<string> Roles => [.. _inspection.Claims?.Roles ?? []];

    /// <summary>The tenant (<c>tid</c>).</summary>
    public string? Tenant => _inspection.Claims?.Tenant;

    /// <summary>The app (<c>appid</c>, <c>azp</c>).</summary>
    public string? AppId => _inspection.Claims?.AppId;

    /// <summary>Who issued the token (<c>iss</c>).</summary>
    public string? Issuer => _inspection.Claims?.Issuer;

    /// <summary>The version of Entra's format: 1.0 or 2.0.</summary>
    public string? Version => _inspection.Claims?.Version;

    /// <summary>When it was made.</summary>
    public DateTimeOffset? IssuedAt => _inspection.Claims?.IssuedAt;

    /// <summary>When it begins.</summary>
    public DateTimeOffset? NotBefore => _inspection.Claims?.NotBefore;

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt => _inspection.Claims?.ExpiresAt;

    /// <summary>How long it is still good, in whole seconds; negative when it has ended.</summary>
    public TimeSpan? TimeLeft => ExpiresAt is { } end
        ? TimeSpan.FromSeconds(Math.Floor((end - _inspection.InspectedAt).TotalSeconds))
        : null;

    /// <summary>The language of the findings.</summary>
    public string Culture { get; }

    /// <summary>Whether it is good, and the first finding if not.</summary>
    public override string ToString() => IsAcceptable
        ? $"{Form}, {Service}: {Severity}"
        : Findings.First(finding => finding.Severity == FindingSeverity.Error).ToString();
}
