namespace MailAdmin.Identity.Google;

/// <summary>What the cache keeps of a source.</summary>
internal sealed record KeptToken
{
    public required string Value { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? RefreshToken { get; init; }
}
