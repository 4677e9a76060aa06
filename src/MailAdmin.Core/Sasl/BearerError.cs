using System.Text;
using System.Text.Json;

namespace MailAdmin.Sasl;

/// <summary>
/// Why a server refuses a token: the JSON of its last challenge (RFC 7628 §3.2.2, and XOAUTH2 alike).
/// <code>
/// {"status":"invalid_token","scope":"mail","openid-configuration":"https://…"}     RFC 7628
/// {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}           Google
/// </code>
/// What it says is foreign: only what can be printed is kept, and of each value at most 200 characters.
/// </summary>
public sealed record BearerError
{
    private const int MaxJsonLength = 8192;
    private const int MaxValueLength = 200;

    /// <summary>
    /// What is wrong: one of RFC 6750 §3.1's codes, such as <c>invalid_token</c>, or the status of HTTP, such as 401.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>The scope that a token needs; null when the server does not say.</summary>
    public string? Scope { get; init; }

    /// <summary>The schemes that the server takes, such as <c>Bearer</c>; null when it does not say.</summary>
    public string? Schemes { get; init; }

    /// <summary>Where clients learn how to get a token (RFC 7628 §3.2.2); null when the server does not say.</summary>
    public string? Configuration { get; init; }

    /// <summary>
    /// True when another token may do: this one is said to be expired, revoked or malformed (RFC 6750 §3.1), not to
    /// lack a permission.
    /// </summary>
    public bool ConcernsTokenItself => Status is "invalid_token" or "401";

    /// <summary>Reads a challenge; null when it is no JSON object, or says none of this.</summary>
    public static BearerError? Read(ReadOnlySpan<char> challenge)
    {
        if (challenge.Length > MaxJsonLength)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(challenge.ToString());
            var error = json.RootElement.ValueKind == JsonValueKind.Object
                ? new BearerError
                {
                    Status = Text(json.RootElement, "status"),
                    Scope = Text(json.RootElement, "scope"),
                    Schemes = Text(json.RootElement, "schemes"),
                    Configuration = Text(json.RootElement, "openid-configuration"),
                }
                : null;
            return error == new BearerError() ? null : error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What was said, such as <c>status invalid_token, scope mail</c>.</summary>
    public override string ToString() => string.Join(
        ", ",
        new[] { ("status", Status), ("scope", Scope), ("schemes", Schemes), ("see", Configuration) }
            .Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1} {part.Item2}"));

    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) ||
            value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var rune in value.ToString().EnumerateRunes())
        {
            if (text.Length >= MaxValueLength)
            {
                break;
            }

            text.Append(Rune.IsControl(rune) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
