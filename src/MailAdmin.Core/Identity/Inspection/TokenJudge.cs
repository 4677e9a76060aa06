using System.Globalization;

namespace MailAdmin.Identity.Inspection;

/// <summary>
/// Compares what a token says with what the service wants, in the order in which High Volume Email does: audience,
/// time, permission, user.
/// </summary>
internal sealed class TokenJudge(TokenExpectation expectation, DateTimeOffset now)
{
    // Kerberos and most validators of tokens bear five minutes; what is off by more is a clock that is wrong.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly ServiceNeeds _needs = ServiceNeeds.Of(expectation.Service, expectation.Cloud);

    /// <summary>What is said when there is nothing that could be read.</summary>
    public static TokenFinding Unreadable(string detail) =>
        Fault("TokenMalformed", new TokenDetail(detail), "535 5.7.127");

    public IEnumerable<TokenFinding> Judge(TokenClaims claims, string? user)
    {
        if (claims.ExpiresAt is null)
        {
            yield return Unreadable("NoEnd");
            yield break;
        }

        var findings = new[]
        {
            Audience(claims), Begin(claims), End(claims, claims.ExpiresAt.Value), Permission(claims),
            User(claims, user),
            Clock(claims), App(claims), Signature(claims),
        };
        foreach (var finding in findings.OfType<TokenFinding>())
        {
            yield return finding;
        }
    }

    private TokenFinding? Audience(TokenClaims claims)
    {
        if (claims.Audiences.Any(a => _needs.Audiences.Contains(a.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        var audience = claims.Audiences.Count == 0 ? "-" : string.Join(", ", claims.Audiences);
        var isIdToken = claims.AppId is null && claims.Scopes.Count + claims.Roles.Count == 0 &&
            claims.Audiences is [var only] && Guid.TryParse(only, out _);
        return Fault(
            "TokenAudienceWrong",
            new TokenDetail(isIdToken ? "AudienceOfIdToken" : "AudienceOther", audience, _needs.Audiences[0]),
            "535 5.7.127");
    }

    private TokenFinding? Begin(TokenClaims claims) => claims.NotBefore is { } start && start > now
        ? Fault(
            "TokenNotYetValid",
            new TokenDetail("Begins", Time(start), Span(start - now)),
            "535 5.7.127")
        : null;

    private TokenFinding? End(TokenClaims claims, DateTimeOffset end)
    {
        if (end <= now)
        {
            return Fault(
                "TokenExpired", new TokenDetail("Ended", Time(end), Span(now - end)), "535 5.7.143", "501 5.5.128");
        }

        if (end - now >= ServiceNeeds.HveLifetime)
        {
            return null;
        }

        var isFault = end - now < _needs.MinimumLifetime;
        var left = new TokenDetail("EndsSoon", Time(end), Span(end - now));
        return Fault("TokenExpiresSoon", left, "535 5.7.142", "501 5.5.127") with
        {
            Severity = isFault ? FindingSeverity.Error : FindingSeverity.Info,
        };
    }

    private TokenFinding? Permission(TokenClaims claims)
    {
        if (claims.Scopes.Intersect(_needs.Scopes).Any() || claims.Roles.Intersect(_needs.Roles).Any())
        {
            return null;
        }

        var wanted = claims.Grant switch
        {
            TokenGrant.Delegated => $"{_needs.Scopes[0]} (scp)",
            TokenGrant.Application => $"{_needs.Roles[0]} (roles)",
            _ => $"{_needs.Scopes[0]} (scp), {_needs.Roles[0]} (roles)",
        };
        string[] has = [.. claims.Scopes, .. claims.Roles];
        return Fault(
            "TokenPermissionWrong",
            new TokenDetail("PermissionMissing", wanted, has.Length == 0 ? "-" : string.Join(", ", has)),
            "535 5.7.144",
            "501 5.5.129");
    }

    private static TokenFinding? User(TokenClaims claims, string? user) =>
        user is not null && claims.User is { } own && !own.Equals(user, StringComparison.OrdinalIgnoreCase)
            ? Fault("TokenUserDiffers", new TokenDetail("UserOther", own, user), "535 5.7.127")
            : null;

    private TokenFinding? Clock(TokenClaims claims) =>
        claims.IssuedAt is { } made && made > now && !(claims.NotBefore > now)
            ? new TokenFinding(
                "TokenClockSkew",
                made - now > Skew ? FindingSeverity.Warning : FindingSeverity.Info,
                new TokenDetail("MadeInFuture", Time(made), Span(made - now)))
            : null;

    private static TokenFinding? App(TokenClaims claims) => claims.Grant == TokenGrant.Application
        ? new TokenFinding(
            "TokenOfApp",
            FindingSeverity.Info,
            new TokenDetail("OfApp", claims.AppId ?? "-"))
        : null;

    private static TokenFinding? Signature(TokenClaims claims) => claims.IsSigned
        ? null
        : new TokenFinding("TokenUnsigned", FindingSeverity.Warning, new TokenDetail("NoSignature"));

    private static TokenFinding Fault(string id, TokenDetail detail, params string[] hveReplies) =>
        new(id, FindingSeverity.Error, detail) { HveReplies = hveReplies };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // The same in all languages.
    private static string Span(TimeSpan span) =>
        span.TotalHours >= 48 ? Number(span.TotalDays, "d")
        : span.TotalMinutes >= 120 ? Number(span.TotalHours, "h")
        : span.TotalSeconds >= 120 ? Number(span.TotalMinutes, "min")
        : Number(span.TotalSeconds, "s");

    private static string Number(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value)} {unit}");
}
