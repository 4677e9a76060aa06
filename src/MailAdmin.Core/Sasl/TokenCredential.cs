namespace MailAdmin.Sasl;

/// <summary>A user name with an OAuth 2.0 access token (RFC 6750).</summary>
public sealed record TokenCredential : SaslCredential
{
    /// <summary>Creates the credential.</summary>
    /// <param name="user">The mailbox to log in to.</param>
    /// <param name="source">Yields a valid token each time; it may come from a cache or over the network.</param>
    /// <exception cref="SaslException">The name is empty or holds a control character.</exception>
    public TokenCredential(string user, IAccessTokenSource source)
    {
        User = Checked(user, "user name");
        Source = source;
    }

    /// <summary>Creates the credential from a token that is at hand.</summary>
    /// <param name="user">The mailbox to log in to.</param>
    /// <param name="token">The access token, without the word <c>Bearer</c>.</param>
    public TokenCredential(string user, string token)
        : this(user, new FixedTokenSource(new AccessToken(token)))
    {
    }

    /// <summary>The mailbox to log in to.</summary>
    public string User { get; }

    /// <summary>Where the token comes from.</summary>
    public IAccessTokenSource Source { get; }

    /// <exception cref="SaslException">The token is empty or holds a control character.</exception>
    internal async ValueTask<string> RevealTokenAsync(CancellationToken cancellationToken) =>
        Checked((await Source.GetTokenAsync(cancellationToken).ConfigureAwait(false)).Value, "access token");
}
