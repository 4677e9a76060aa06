using System.Text.Json.Nodes;

namespace MailAdmin.TestServices.Tokens;

/// <summary>An access token that the test identity provider gave out.</summary>
/// <param name="Value">The token.</param>
/// <param name="Claims">What it says.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record IssuedToken(string Value, JsonObject Claims, DateTimeOffset ExpiresAt)
{
    /// <summary>Whom or what it is for.</summary>
    public string Audience => Claims["aud"]!.GetValue<string>();

    /// <summary>The user that signed in; null when an application did.</summary>
    public string? User => Claims["upn"]?.GetValue<string>();
}
