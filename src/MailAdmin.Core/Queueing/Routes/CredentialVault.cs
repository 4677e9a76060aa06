using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Identity;
using MailAdmin.Identity.Secrets;
using MailAdmin.Net;
using MailAdmin.Sasl;

namespace MailAdmin.Queueing.Routes;

/// <summary>Writes down who logs in, with secrets protected.</summary>
/// <param name="protector">The environment that secrets are bound to.</param>
internal sealed class CredentialVault(ISecretProtector protector)
{
    /// <summary>How messages name a secret of a queued message.</summary>
    internal static SecretLabel Label(string name) =>
        new(name, "send the message again with Send-RelayMail -Queue, and remove the item with Remove-EmailQueueItem.");

    internal StoredLogin? Store(SaslCredential? credential) => credential switch
    {
        null => null,
        PasswordCredential password => new StoredLogin(
            StoredLoginKind.Password, password.User, protector.ProtectText(password.RevealPassword())),
        TokenCredential { Source: FixedTokenSource source } token => Store(token.User, source.Token),
        TokenCredential { Source: RenewableTokenSource source } token => new StoredLogin(
            StoredLoginKind.TokenSource,
            token.User,
            protector.ProtectText(source.RevealSecrets().ToJson()),
            Source: source.Settings,
            CacheFolder: source.CacheFolder == TokenSourceOptions.DefaultCacheFolder ? null : source.CacheFolder ?? "",
            Proxy: source.Proxy is { } proxy ? protector.ProtectText(proxy.AbsoluteUri) : null),
        IntegratedCredential => new StoredLogin(StoredLoginKind.Integrated),
        _ => throw RouteVaultException.TokenCannotBeStored(),
    };

    internal SaslCredential? Read(StoredLogin? stored, string host) => stored?.Kind switch
    {
        null => null,
        StoredLoginKind.Integrated => new IntegratedCredential(),
        StoredLoginKind.Token => new TokenCredential(
            stored.User ?? "", new FixedTokenSource(new AccessToken(Reveal(stored, "token", host), stored.ExpiresAt))),
        StoredLoginKind.TokenSource => new TokenCredential(stored.User ?? "", Source(stored, host)),
        _ => new PasswordCredential(stored.User ?? "", Reveal(stored, "password", host)),
    };

    internal StoredCertificate? Store(X509CertificateCollection? certificates)
    {
        if (certificates is not { Count: > 0 })
        {
            return null;
        }

        try
        {
            var pfx = new X509Certificate2Collection(certificates.OfType<X509Certificate2>().ToArray())
                .Export(X509ContentType.Pfx)!;
            return new StoredCertificate(null, protector.Protect(pfx));
        }
        catch (CryptographicException)
        {
            // A key that the system keeps to itself: the distributor finds it there as well.
            return new StoredCertificate(((X509Certificate2)certificates[0]).Thumbprint, null);
        }
    }

    internal X509Certificate2Collection? Read(StoredCertificate? stored)
    {
        if (stored is null)
        {
            return null;
        }

        if (stored.Pfx is null)
        {
            return ClientCertificate.FindInStore(stored.Thumbprint ?? "");
        }

        var all = new X509Certificate2Collection();
        all.Import(
            protector.Unprotect(stored.Pfx, Label("the client certificate")), null, X509KeyStorageFlags.DefaultKeySet);
        return ClientCertificate.WithKeyFirst(all, "the queue");
    }

    private StoredLogin Store(string user, AccessToken token) =>
        new(StoredLoginKind.Token, user, protector.ProtectText(token.Value), token.ExpiresAt);

    // Nobody is there to sign in: where that is needed, the cache must hold what an earlier sign-in left.
    private RenewableTokenSource Source(StoredLogin stored, string host) => RenewableTokenSource.Create(
        stored.Source ?? throw RouteVaultException.Damaged(),
        TokenSecrets.FromJson(Reveal(stored, "sign-in", host)),
        new TokenSourceOptions
        {
            Http = new HttpClientSource(stored.Proxy is { } proxy
                ? new Uri(protector.UnprotectText(proxy, Label($"the proxy of the sign-in of {stored.User}")))
                : null),
            CacheFolder = stored.CacheFolder switch
            {
                null => TokenSourceOptions.DefaultCacheFolder,
                "" => null,
                var folder => folder,
            },
        });

    private string Reveal(StoredLogin stored, string what, string host) => protector.UnprotectText(
        stored.Secret ?? throw RouteVaultException.Damaged(),
        Label($"the {what} of {stored.User}{(host.Length > 0 ? $" at {host}" : "")}"));
}
