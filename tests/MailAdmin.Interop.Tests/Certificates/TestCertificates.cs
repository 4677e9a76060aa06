using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Certificates;

/// <summary>
/// A certificate authority made for one server's tests, with every sort of certificate that a client has to judge.
/// Its name is unique, as systems cache revocation lists by issuer.
/// </summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly TestDirectory _directory;
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly RevocationListServer _revocations = new();

    /// <summary>Makes the authority and all certificates, in files below <paramref name="directory"/>.</summary>
    public TestCertificates(TestDirectory directory)
    {
        _directory = directory;
        directory.Subdirectory("certificates");
        Authority = CreateAuthority();
        AuthorityPath = directory.Write("certificates/authority.pem", Authority.ExportCertificatePem());
        Valid = Issue("valid", new());
        Expired = Issue("expired", new() { From = _now.AddDays(-30), Until = _now.AddDays(-2) });
        WrongName = Issue("wrong-name", new() { Names = ["other.example.test"], Addresses = [] });
        SelfSigned = Issue("self-signed", new() { IsSelfSigned = true });
        Revoked = Issue("revoked", new());
        RevocationUnknown = Issue(
            "revocation-unknown", new() { ListUrl = $"http://127.0.0.1:{LoopbackPorts.Find()}/" });
        Rsa = Issue("rsa", new() { IsRsa = true });
        Client = Issue("client", new() { Names = ["relay.example.test"], Addresses = [], Use = ClientUse });
        _revocations.Start(CreateRevocationList());
    }

    /// <summary>The root that clients have to trust.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The root as a PEM file.</summary>
    public string AuthorityPath { get; }

    /// <summary>For localhost, mail.example.test, 127.0.0.1 and ::1; its revocation list clears it.</summary>
    public CertificateFile Valid { get; }

    /// <summary>Ended two days ago.</summary>
    public CertificateFile Expired { get; }

    /// <summary>For other.example.test only.</summary>
    public CertificateFile WrongName { get; }

    /// <summary>Its own issuer.</summary>
    public CertificateFile SelfSigned { get; }

    /// <summary>Named in the revocation list.</summary>
    public CertificateFile Revoked { get; }

    /// <summary>Names a revocation list that nobody serves.</summary>
    public CertificateFile RevocationUnknown { get; }

    /// <summary>As <see cref="Valid"/>, with an RSA key.</summary>
    public CertificateFile Rsa { get; }

    /// <summary>For a client, relay.example.test.</summary>
    public CertificateFile Client { get; }

    /// <inheritdoc/>
    public void Dispose() => _revocations.Dispose();

    private X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Test authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(_now.AddDays(-60), _now.AddDays(60));
    }

    private CertificateFile Issue(string file, Wish wish)
    {
        using AsymmetricAlgorithm key = wish.IsRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName($"CN={wish.Names[0]}");
        var request = new CertificateRequest(name, new PublicKey(key), HashAlgorithmName.SHA256);
        Describe(request, wish);
        using var authorityKey = Authority.GetECDsaPrivateKey();
        using var issued = request.Create(
            wish.IsSelfSigned ? name : Authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(wish.IsSelfSigned ? (ECDsa)key : authorityKey!),
            wish.From ?? _now.AddDays(-1),
            wish.Until ?? _now.AddDays(30),
            RandomNumberGenerator.GetBytes(16));
        return Save(file, key is RSA rsa ? issued.CopyWithPrivateKey(rsa) : issued.CopyWithPrivateKey((ECDsa)key), key);
    }

    private void Describe(CertificateRequest request, Wish wish)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in wish.Names)
        {
            names.AddDnsName(name);
        }

        foreach (var address in wish.Addresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(wish.Use)], false));
        if (!wish.IsSelfSigned)
        {
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Authority, true, false));
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(
                [wish.ListUrl ?? _revocations.Url]));
        }
    }

    private CertificateFile Save(string file, X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        var (keyPem, certificatePem) = (key.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem());
        return new CertificateFile(
            certificate,
            _directory.Write($"certificates/{file}.chain.pem", $"{keyPem}\n{certificatePem}\n"),
            _directory.Write($"certificates/{file}.pem", certificatePem),
            _directory.Write($"certificates/{file}.key.pem", keyPem));
    }

    private byte[] CreateRevocationList()
    {
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(Revoked.Certificate);
        return list.Build(Authority, 1, _now.AddDays(7), HashAlgorithmName.SHA256);
    }

    private sealed record Wish
    {
        public IReadOnlyList<string> Names { get; init; } = ["localhost", "mail.example.test"];

        public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

        public DateTimeOffset? From { get; init; }

        public DateTimeOffset? Until { get; init; }

        public string Use { get; init; } = ServerUse;

        public string? ListUrl { get; init; }

        public bool IsSelfSigned { get; init; }

        public bool IsRsa { get; init; }
    }
}
