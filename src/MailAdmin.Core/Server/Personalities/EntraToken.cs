using System.Text.Json;
using System.Text.Unicode;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// Judges an access token of Microsoft Entra ID by what it says (RFC 7519): audience, permission, user and time. Its
/// signature is not looked at, so that tests can make their own.
/// </summary>
internal static class EntraToken
{
    private static readonly string[] Audiences =
    [
        "https://outlook.office365.com",
        "https://outlook.office.com",
        "https://ps.outlook.com",
        "00000002-0000-0ff1-ce00-000000000000",
    ];

    /// <summary>When a token ends; null when it does not say so, or is none.</summary>
    public static DateTimeOffset? End(string token) =>
        TryReadClaims(token, out var claims) ? Time(claims, "exp") : null;

    /// <summary>Judges a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="user">Whom it is to log in.</param>
    /// <param name="now">The present time.</param>
    /// <param name="minimumLifetime">How long it must still be valid.</param>
    /// <param name="roles">The permissions of an app that do, any of them.</param>
    public static TokenVerdict Judge(
        string token, string user, DateTimeOffset now, TimeSpan minimumLifetime, IReadOnlyList<string> roles)
    {
        try
        {
            return TryReadClaims(token, out var claims) && Time(claims, "exp") is { } expiry
                ? Judge(claims, expiry, user, now, minimumLifetime, roles)
                : TokenVerdict.NotAToken;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape, is JSON but no text.
            return TokenVerdict.NotAToken;
        }
    }

    private static TokenVerdict Judge(
        JsonElement claims,
        DateTimeOffset expiry,
        string user,
        DateTimeOffset now,
        TimeSpan minimumLifetime,
        IReadOnlyList<string> roles)
    {
        var scopes = (Text(claims, "scp") ?? "").Split(' ');
        return !Audience(claims).Any(aud => Audiences.Contains(aud?.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
                ? TokenVerdict.WrongAudience
            : Time(claims, "nbf") > now ? TokenVerdict.NotYetValid
            : expiry <= now ? TokenVerdict.Expired
            : expiry - now < minimumLifetime ? TokenVerdict.ExpiresSoon
            : !scopes.Contains("SMTP.Send") && !List(claims, "roles").Intersect(roles).Any() ? TokenVerdict.NoPermission
            : UserOf(claims) is { } own && !own.Equals(user, StringComparison.OrdinalIgnoreCase)
                ? TokenVerdict.WrongUser
            : TokenVerdict.Good;
    }

    private static bool TryReadClaims(string token, out JsonElement claims)
    {
        claims = default;
        if (token.Split('.') is not [var header, var payload, _] || !IsBase64Url(header) || !IsBase64Url(payload))
        {
            return false;
        }

        var base64 = payload.Replace('-', '+').Replace('_', '/');
        var json = Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            claims = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return false;
        }

        return claims.ValueKind == JsonValueKind.Object;
    }

    private static bool IsBase64Url(string text) =>
        text.Length % 4 != 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number &&
        value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    // One or several (RFC 7519 §4.1.3).
    private static IEnumerable<string?> Audience(JsonElement claims) =>
        Text(claims, "aud") is { } one ? [one] : List(claims, "aud");

    private static IEnumerable<string?> List(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(TextOf)
            : [];

    private static string? UserOf(JsonElement claims) =>
        Text(claims, "upn") ?? Text(claims, "preferred_username") ?? Text(claims, "unique_name");
}
