namespace MailAdmin.Sasl;

/// <summary>
/// Where access tokens come from: the port through which identity providers reach the protocols that log in with tokens.
/// </summary>
public interface IAccessTokenSource
{
    /// <summary>
    /// A token that is good for a while yet. A source that can renew keeps what it has, and renews it as long before its
    /// end as its service asks for, so that this may be asked before each message.
    /// </summary>
    /// <exception cref="MailException">There is none to be had; the failure says why.</exception>
    ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken);
}
