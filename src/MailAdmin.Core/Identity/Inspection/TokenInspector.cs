using System.Globalization;
using System.Text;

namespace MailAdmin.Identity.Inspection;

/// <summary>
/// Looks at an access token, or at the argument of XOAUTH2, without the network: what it says, what is wrong with it,
/// and what a service is going to answer.
/// </summary>
/// <param name="time">The clock; null for the system's.</param>
public sealed class TokenInspector(TimeProvider? time = null)
{
    /// <summary>
    /// More is not looked at: the longest argument that RFC 4954 §4 has servers take is 12,288 octets.
    /// </summary>
    public const int MaxLength = 256 * 1024;

    private const int LongestArgument = 12_288;
    private const string Scheme = "Bearer ";
    private const string Command = "AUTH XOAUTH2 ";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Looks at a token or an argument.</summary>
    /// <param name="text">The token, or the argument as base64 or before that; blanks around it do not count.</param>
    /// <param name="expectation">What it is for; null for sending over SMTP.</param>
    public TokenInspection Inspect(string text, TokenExpectation? expectation = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        expectation ??= new TokenExpectation();
        var now = _time.GetUtcNow();
        var trimmed = text.Trim(' ', '\t', '\r', '\n');
        return trimmed.Length > MaxLength
            ? Unreadable("TooLongToRead", TokenForm.Opaque, expectation, now)
            : Argument(trimmed, expectation) is { } argument
            ? OfArgument(argument, trimmed, expectation, now)
            : OfToken(trimmed, expectation, now, isAlone: true);
    }

    private static TokenInspection OfArgument(
        BearerArgument argument, string text, TokenExpectation expectation, DateTimeOffset now)
    {
        var basis = new TokenInspection
        {
            Form = argument.Form,
            Expectation = expectation,
            InspectedAt = now,
            LoginName = argument.User,
        };
        if (argument.Fault is { } fault)
        {
            return basis with { Findings = [fault] };
        }

        var findings = new List<TokenFinding>();
        if (expectation.User is { } user && argument.User is { } name &&
            !name.Equals(user, StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(new TokenFinding(
                "TokenUserDiffers", FindingSeverity.Warning, new TokenDetail("ArgumentUserOther", name, user)));
        }

        var inner = OfToken(argument.Token!, expectation with { User = argument.User }, now, isAlone: false);
        if (text.Length > LongestArgument)
        {
            findings.Add(new TokenFinding(
                "TokenTooLong",
                FindingSeverity.Warning,
                new TokenDetail("TooLong", Number(text.Length), Number(LongestArgument))));
        }

        return basis with { Claims = inner.Claims, Findings = [.. inner.Findings, .. findings] };
    }

    private static TokenInspection OfToken(string text, TokenExpectation expectation, DateTimeOffset now, bool isAlone)
    {
        var findings = new List<TokenFinding>();
        var token = text;
        if (isAlone && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            token = text[Scheme.Length..].TrimStart();
            findings.Add(new TokenFinding(
                "TokenWithScheme", FindingSeverity.Warning, new TokenDetail("WithScheme")));
        }

        if (TokenClaims.Read(token) is { } claims)
        {
            return new TokenInspection
            {
                Form = TokenForm.Jwt,
                Expectation = expectation,
                InspectedAt = now,
                Claims = claims,
                Findings = [.. new TokenJudge(expectation, now).Judge(claims, expectation.User), .. findings],
            };
        }

        var opaque = Unreadable(Describe(token), TokenForm.Opaque, expectation, now);
        return OpaqueTokens.IsAccessToken(token) && expectation.Service != TokenService.Hve
            ? opaque with
            {
                Findings =
                [
                    new TokenFinding(
                        "TokenOpaque", FindingSeverity.Info, new TokenDetail("ReadByIssuerOnly")),
                    .. findings,
                ],
            }
            : opaque with { Findings = [.. opaque.Findings, .. findings] };
    }

    private static BearerArgument? Argument(string text, TokenExpectation expectation)
    {
        var base64 = text.StartsWith(Command, StringComparison.OrdinalIgnoreCase)
            ? text[Command.Length..].Trim()
            : text;
        if (expectation.IsXOAuth2)
        {
            return BearerArgument.FromBase64(base64, isXOAuth2: true);
        }

        if (text.StartsWith("user=", StringComparison.Ordinal) || text.Contains('\u0001', StringComparison.Ordinal))
        {
            return BearerArgument.Read(text);
        }

        // A token with dots is no base64; what decodes to the words of an argument is one, even if it is broken.
        var isArgument = Decoded(base64) is { } content &&
            (content.Contains("auth=", StringComparison.OrdinalIgnoreCase) ||
                content.StartsWith("user=", StringComparison.Ordinal));
        return isArgument || base64.Length < text.Length ? BearerArgument.FromBase64(base64) : null;
    }

    // Whatever may have befallen it on the way: blanks, the alphabet of URLs, padding that was lost.
    private static string? Decoded(string base64)
    {
        var compact = string.Concat(base64.Where(c => !char.IsWhiteSpace(c))).TrimEnd('=').Replace('-', '+')
            .Replace('_', '/');
        compact += new string('=', (4 - (compact.Length % 4)) % 4);
        var octets = new byte[compact.Length];
        return Convert.TryFromBase64String(compact, octets, out var length)
            ? Encoding.Latin1.GetString(octets, 0, length)
            : null;
    }

    private static string Describe(string token) =>
        token.Length == 0 ? "Empty"
        : OpaqueTokens.IsRefreshToken(token)
            ? "IsRefreshToken"
        : token.Split('.').Length == 5 ? "IsEncrypted"
        : token.Any(char.IsWhiteSpace) ? "HasBlanks"
        : token.StartsWith("eyJ", StringComparison.Ordinal)
            ? "BrokenJwt"
        : "NotJwt";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static TokenInspection Unreadable(
        string detail, TokenForm form, TokenExpectation expectation, DateTimeOffset now) => new()
    {
        Form = form,
        Expectation = expectation,
        InspectedAt = now,
        Findings = [TokenJudge.Unreadable(detail)],
    };
}
