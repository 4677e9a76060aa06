namespace MailAdmin.Identity;

/// <summary>
/// What a token source must know and nobody else may. It has no text form; <see cref="ToJson"/> is for stores that
/// encrypt.
/// </summary>
public sealed class TokenSecrets
{
    /// <summary>No secrets, as for a managed identity.</summary>
    public static TokenSecrets None { get; } = new();

    /// <summary>The application's secret; null when it has none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The password of the certificate's file or key; null when it has none.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>The private key of a Google service account in PEM form; null for other flows.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>Google's refresh token; null for other flows.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The secrets as JSON, in clear.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this);

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    public static TokenSecrets FromJson(string json) =>
        System.Text.Json.JsonSerializer.Deserialize<TokenSecrets>(json) ?? None;

    /// <inheritdoc/>
    public override string ToString() => "(secrets)";
}
