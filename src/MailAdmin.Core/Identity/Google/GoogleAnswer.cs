using System.Text.Json.Serialization;

namespace MailAdmin.Identity.Google;

/// <summary>
/// What Google's token service answers: a token, an error (RFC 6749 §5), or a device code (RFC 8628 §3.2).
/// </summary>
internal sealed record GoogleAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    /// <summary>In seconds.</summary>
    [JsonPropertyName("expires_in")]
    public int ExpiresIn { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }

    [JsonPropertyName("device_code")]
    public string? DeviceCode { get; init; }

    [JsonPropertyName("user_code")]
    public string? UserCode { get; init; }

    /// <summary>Google's name for <c>verification_uri</c>.</summary>
    [JsonPropertyName("verification_url")]
    public Uri? VerificationUrl { get; init; }

    /// <summary>Seconds between two questions.</summary>
    [JsonPropertyName("interval")]
    public int Interval { get; init; } = 5;
}
