using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Tests;

/// <summary>
/// Makes certificates at run time, so that no key lies in the repository and none expires there. Other test projects
/// link this file.
/// </summary>
internal static class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>A root authority with its private key; pass it to <see cref="Issue"/> and as a trusted root.</summary>
    public static X509Certificate2 CreateRoot(string name = "MailAdmin test root")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddAuthorityExtensions(request);
        return Reload(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30)));
    }

    /// <summary>An authority below another one.</summary>
    public static X509Certificate2 CreateIntermediate(
        X509Certificate2 issuer, string name = "MailAdmin test intermediate")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddAuthorityExtensions(request);
        return Sign(request, issuer, key, DateTimeOffset.UtcNow.AddDays(-29), DateTimeOffset.UtcNow.AddDays(29));
    }

    /// <summary>A certificate for servers and clients with its private key.</summary>
    /// <param name="issuer">The authority; null signs it with its own key.</param>
    /// <param name="names">DNS names and IP addresses; the first is the common name too.</param>
    /// <param name="notBefore">Valid from; yesterday by default.</param>
    /// <param name="notAfter">Valid to; in 10 days by default.</param>
    /// <param name="revocationList">Where its revocation list is found; null names none.</param>
    public static X509Certificate2 Issue(
        X509Certificate2? issuer,
        string[] names,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        Uri? revocationList = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        if (revocationList is not null)
        {
            request.CertificateExtensions.Add(
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList.AbsoluteUri]));
        }

        var from = notBefore ?? DateTimeOffset.UtcNow.AddDays(-1);
        var to = notAfter ?? DateTimeOffset.UtcNow.AddDays(10);
        return issuer is null ? Reload(request.CreateSelfSigned(from, to)) : Sign(request, issuer, key, from, to);
    }

    /// <summary>A signed revocation list in DER that names the certificates given.</summary>
    public static byte[] CreateRevocationList(X509Certificate2 issuer, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            builder.AddEntry(certificate, DateTimeOffset.UtcNow.AddHours(-1));
        }

        return builder.Build(issuer, 1, DateTimeOffset.UtcNow.AddDays(5), HashAlgorithmName.SHA256);
    }

    private static void AddAuthorityExtensions(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
    }

    private static X509Certificate2 Sign(
        CertificateRequest request, X509Certificate2 issuer, ECDsa key, DateTimeOffset from, DateTimeOffset to)
    {
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var bare = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(12));
        return Reload(bare.CopyWithPrivateKey(key));
    }

    // Windows does TLS only with keys that came from a PFX.
    private static X509Certificate2 Reload(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(
                certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
        }
    }
}
