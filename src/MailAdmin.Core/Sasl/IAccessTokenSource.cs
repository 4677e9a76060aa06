namespace MailAdmin.Sasl;

/// <summary>
/// Where access tokens come from: the port through which identity providers reach the protocols that log in with
/// tokens.
/// </summary>
public interface IAccessTokenSource
{
    /// <summary>
    /// A token that is good for a while yet. A source that can renew keeps what it has, and renews it as long before
    /// its end as its service asks for, so that this may be asked before each message.
    /// </summary>
    /// <exception cref="MailException">There is none to be had; the failure says why.</exception>
    ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A token in the place of one that a server refused, although by this side's clock it is still good. A source that
    /// cannot renew gives the same one again; what was refused is not to be tried twice.
    /// </summary>
    /// <param name="refused">The token that was refused.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="MailException">There is none to be had; the failure says why.</exception>
    ValueTask<AccessToken> RenewAsync(AccessToken refused, CancellationToken cancellationToken) =>
        GetTokenAsync(cancellationToken);
}
