namespace MailAdmin.Sasl;

/// <summary>One token that somebody else obtained; it cannot be renewed.</summary>
/// <param name="token">The token.</param>
public sealed class FixedTokenSource(AccessToken token) : IAccessTokenSource
{
    /// <summary>The token.</summary>
    internal AccessToken Token => token;

    /// <inheritdoc/>
    public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);
}
