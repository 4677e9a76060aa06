using System.Text.Json;
using System.Text.Unicode;

namespace MailAdmin.Identity.Inspection;

/// <summary>
/// What a JSON Web Token says (RFC 7519 §4, and the claims of Microsoft Entra ID). Nobody has checked its signature:
/// only the service can, as the token is for it.
/// </summary>
public sealed record TokenClaims
{
    private const int MaxClaimLength = 512;
    private const long EndOfTime = 253_402_300_800;

    /// <summary>Whom the token is for (<c>aud</c>); several are possible.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Who issued it (<c>iss</c>).</summary>
    public string? Issuer { get; init; }

    /// <summary>The tenant (<c>tid</c>).</summary>
    public string? Tenant { get; init; }

    /// <summary>The version of Entra's token format, 1.0 or 2.0 (<c>ver</c>).</summary>
    public string? Version { get; init; }

    /// <summary>The app that asked for it (<c>appid</c>, <c>azp</c>).</summary>
    public string? AppId { get; init; }

    /// <summary>
    /// The user (<c>upn</c>, <c>preferred_username</c>, <c>unique_name</c>); null when it speaks for an app.
    /// </summary>
    public string? User { get; init; }

    /// <summary>What the app may do by itself (<c>roles</c>).</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What the app may do for the user (<c>scp</c>, or <c>scope</c> elsewhere).</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When it was made (<c>iat</c>).</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When it begins (<c>nbf</c>).</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it ends (<c>exp</c>).</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True when a signature is there; whether it is a good one is another question.</summary>
    public bool IsSigned { get; init; }

    /// <summary>For whom it speaks; null when it does not show that.</summary>
    public TokenGrant? Grant { get; init; }

    /// <summary>Reads a token; null when it is no JSON Web Token.</summary>
    public static TokenClaims? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is null || Decode(parts[1]) is not { } payload ||
            !Utf8.IsValid(payload))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? From(json.RootElement, parts[2].Length > 0)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TokenClaims From(JsonElement claims, bool isSigned)
    {
        var roles = Texts(claims, "roles", isAlwaysList: true);
        var scopes = (Text(claims, "scp") ?? Text(claims, "scope") ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var user = Text(claims, "upn") ?? Text(claims, "preferred_username") ?? Text(claims, "unique_name");
        return new TokenClaims
        {
            Audiences = Texts(claims, "aud"),
            Issuer = Text(claims, "iss"),
            Tenant = Text(claims, "tid"),
            Version = Text(claims, "ver"),
            AppId = Text(claims, "appid") ?? Text(claims, "azp"),
            User = user,
            Roles = roles,
            Scopes = scopes,
            IssuedAt = Time(claims, "iat"),
            NotBefore = Time(claims, "nbf"),
            ExpiresAt = Time(claims, "exp"),
            IsSigned = isSigned,
            Grant = GrantOf(Text(claims, "idtyp"), scopes.Length > 0 || user is not null, roles.Count > 0),
        };
    }

    private static TokenGrant? GrantOf(string? type, bool hasUser, bool hasRoles) => type switch
    {
        "app" => TokenGrant.Application,
        "user" => TokenGrant.Delegated,
        _ => hasUser ? TokenGrant.Delegated : hasRoles ? TokenGrant.Application : null,
    };

    // RFC 7515 §2: the URL's alphabet, without padding.
    private static byte[]? Decode(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return null;
            }
        }

        var missing = (4 - (text.Length % 4)) % 4;
        return missing == 3
            ? null
            : Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', missing));
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Printable(value) : null;

    private static IReadOnlyList<string> Texts(JsonElement claims, string name, bool isAlwaysList = false) =>
        !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String && !isAlwaysList ? [Printable(value)]
        : value.ValueKind != JsonValueKind.Array ? []
        : [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(Printable)];

    // Claims are foreign words, and go into messages.
    private static string Printable(JsonElement value) =>
        new([.. value.GetString()!.Take(MaxClaimLength).Select(c => char.IsControl(c) ? '\ufffd' : c)]);

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number &&
        value.TryGetInt64(out var seconds) && seconds is > 0 and < EndOfTime
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
