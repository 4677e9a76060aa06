using MailAdmin.Sasl;

namespace MailAdmin.Identity;

/// <summary>A token as an identity provider handed it out.</summary>
/// <param name="Token">The token.</param>
internal sealed record AcquiredToken(AccessToken Token)
{
    /// <summary>Who signed in; null when nobody did.</summary>
    public string? User { get; init; }

    /// <summary>Whether it lay in a cache.</summary>
    public bool FromCache { get; init; }
}
