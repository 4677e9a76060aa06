using Microsoft.Identity.Client;

namespace MailAdmin.Identity.Entra;

/// <summary>What all applications of Entra ID are built with.</summary>
internal static class EntraAuthority
{
    private const string AnyOrganisation = "organizations";

    /// <summary>Sets authority and network.</summary>
    public static T WithSettings<T>(
        this AbstractApplicationBuilder<T> builder, TokenSettings settings, TokenSourceOptions options)
        where T : AbstractApplicationBuilder<T>
    {
        var host = settings.Authority ?? CloudEndpoints.Of(settings.Cloud).SignIn;
        var tenant = settings.Tenant ?? AnyOrganisation;

        // A host that the user named is not among those that Microsoft lists: to ask there about it would fail.
        return builder
            .WithAuthority(new Uri(host, tenant).AbsoluteUri, validateAuthority: settings.Authority is null)
            .WithInstanceDiscovery(settings.Authority is null)
            .WithHttpClientFactory(new MsalHttpClientFactory(options.Http));
    }

    /// <summary>MSAL's result in our own form.</summary>
    public static AcquiredToken ToAcquired(this AuthenticationResult result, TimeProvider time)
    {
        // MSAL counts by the machine's clock; what it says is turned into time that is left, by ours.
        var left = result.ExpiresOn - DateTimeOffset.UtcNow;
        return new AcquiredToken(new Sasl.AccessToken(result.AccessToken, time.GetUtcNow() + left))
        {
            User = result.Account?.Username,
            FromCache = result.AuthenticationResultMetadata.TokenSource == TokenSource.Cache,
        };
    }
}
