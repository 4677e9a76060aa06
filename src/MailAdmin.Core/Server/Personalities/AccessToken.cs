using System.Text.Json;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// Judges an access token of Microsoft Entra ID by what it says (RFC 7519): audience, permission, user and time. Its
/// signature is not looked at, so that tests can make their own.
/// </summary>
internal static class AccessToken
{
    private static readonly string[] Audiences =
    [
        "https://outlook.office365.com",
        "https://outlook.office.com",
        "https://ps.outlook.com",
        "00000002-0000-0ff1-ce00-000000000000",
    ];

    /// <summary>Judges a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="user">Whom it is to log in.</param>
    /// <param name="now">The present time.</param>
    /// <param name="minimumLifetime">How long it must still be valid.</param>
    public static TokenVerdict Judge(string token, string user, DateTimeOffset now, TimeSpan minimumLifetime)
    {
        if (!TryReadClaims(token, out var claims) || Time(claims, "exp") is not { } expiry)
        {
            return TokenVerdict.NotAToken;
        }

        var scopes = (Text(claims, "scp") ?? "").Split(' ');
        return !Audiences.Contains(Text(claims, "aud")?.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)
                ? TokenVerdict.WrongAudience
            : Time(claims, "nbf") > now ? TokenVerdict.NotYetValid
            : expiry <= now ? TokenVerdict.Expired
            : expiry - now < minimumLifetime ? TokenVerdict.ExpiresSoon
            : !scopes.Contains("SMTP.Send") && !Roles(claims).Contains("SMTP.SendAsApp") ? TokenVerdict.NoPermission
            : UserOf(claims) is { } own && !own.Equals(user, StringComparison.OrdinalIgnoreCase)
                ? TokenVerdict.WrongUser
            : TokenVerdict.Good;
    }

    private static bool TryReadClaims(string token, out JsonElement claims)
    {
        claims = default;
        if (token.Split('.') is not [_, var payload, _] || !IsBase64Url(payload))
        {
            return false;
        }

        var base64 = payload.Replace('-', '+').Replace('_', '/');
        try
        {
            using var document = JsonDocument.Parse(
                Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
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

    private static IEnumerable<string?> Roles(JsonElement claims) =>
        claims.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
            ? roles.EnumerateArray().Select(TextOf)
            : [];

    private static string? UserOf(JsonElement claims) =>
        Text(claims, "upn") ?? Text(claims, "preferred_username") ?? Text(claims, "unique_name");
}
