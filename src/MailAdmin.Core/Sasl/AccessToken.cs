namespace MailAdmin.Sasl;

/// <summary>An OAuth 2.0 access token (RFC 6749 §1.4). Its text form does not show it.</summary>
/// <param name="value">The token, without the word <c>Bearer</c>.</param>
/// <param name="expiresAt">When it ends; null when that is not known.</param>
public sealed class AccessToken(string value, DateTimeOffset? expiresAt = null)
{
    /// <summary>The token itself: a secret.</summary>
    public string Value { get; } = value;

    /// <summary>When it ends; null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    /// <inheritdoc/>
    public override string ToString() => "(access token)";
}
