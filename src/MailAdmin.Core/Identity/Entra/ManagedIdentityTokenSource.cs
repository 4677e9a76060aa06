using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace MailAdmin.Identity.Entra;

/// <summary>
/// Tokens of the identity that Azure gives a machine, a function or a container. They are kept in memory only: the
/// machine has them at hand.
/// </summary>
internal sealed class ManagedIdentityTokenSource : RenewableTokenSource
{
    private readonly IManagedIdentityApplication _app;

    public ManagedIdentityTokenSource(TokenSettings settings, TokenSecrets secrets, TokenSourceOptions options)
        : base(settings, secrets, options)
    {
        _app = ManagedIdentityApplicationBuilder.Create(Identity(settings))
            .WithHttpClientFactory(new MsalHttpClientFactory(options.Http))
            .Build();
    }

    private protected override async Task<AcquiredToken> AcquireAsync(bool force, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _app.AcquireTokenForManagedIdentity(TokenScopes.Resource(Settings))
                .WithForceRefresh(force)
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            return result.ToAcquired(Time);
        }
        catch (Exception e) when (MsalFailure.IsOne(e, cancellationToken))
        {
            throw MsalFailure.Explain(e, Settings);
        }
    }

    private static ManagedIdentityId Identity(TokenSettings settings)
    {
        if (settings.Identity == ManagedIdentityKind.System)
        {
            return ManagedIdentityId.SystemAssigned;
        }

        var id = settings.IdentityId is { Length: > 0 } given
            ? given
            : throw TokenException.Incomplete("identity of this machine", "Name it by its id, or leave its kind out.");
        return settings.Identity switch
        {
            ManagedIdentityKind.ClientId => ManagedIdentityId.WithUserAssignedClientId(id),
            ManagedIdentityKind.ResourceId => ManagedIdentityId.WithUserAssignedResourceId(id),
            _ => ManagedIdentityId.WithUserAssignedObjectId(id),
        };
    }
}
