using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class ClientCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly X509Certificate2 _root = TestCertificates.CreateRoot();
    private readonly X509Certificate2 _certificate;

    public ClientCertificateTests() => _certificate = TestCertificates.Issue(_root, ["client.example"]);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _certificate.Dispose();
        _root.Dispose();
    }

    [Fact]
    public void Loads_a_pfx_file_with_its_chain()
    {
        using var bareRoot = X509CertificateLoader.LoadCertificate(_root.RawData);
        var content = new X509Certificate2Collection { bareRoot, _certificate }.Export(X509ContentType.Pfx, "secret")!;
        var loaded = ClientCertificate.LoadPfx(Write("a.pfx", content), "secret");
        Assert.Equal(_certificate.Thumbprint, loaded[0].Thumbprint);
        Assert.True(loaded[0].HasPrivateKey);
        Assert.Equal(_root.Thumbprint, loaded[1].Thumbprint);
    }

    [Fact]
    public void Says_that_the_password_is_wrong_without_showing_it()
    {
        var path = Write("a.pfx", _certificate.Export(X509ContentType.Pfx, "right one"));
        var failure = Assert.Throws<ClientCertificateException>(() => ClientCertificate.LoadPfx(path, "wrong one"));
        Assert.Equal("ClientCertificateInvalid", failure.ErrorId);
        Assert.Contains("password", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong one", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Loads_pem_files(bool inOneFile, bool encrypted)
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        var keyPem = encrypted
            ? key.ExportEncryptedPkcs8PrivateKeyPem(
                "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000))
            : key.ExportPkcs8PrivateKeyPem();
        var certificatePem = _certificate.ExportCertificatePem() + "\n" + _root.ExportCertificatePem() + "\n";
        var certificatePath = Write("a.pem", inOneFile ? certificatePem + keyPem : certificatePem);
        var keyPath = inOneFile ? null : Write("a.key", keyPem);

        var loaded = ClientCertificate.LoadPem(certificatePath, keyPath, encrypted ? "secret" : null);

        Assert.Equal(_certificate.Thumbprint, loaded[0].Thumbprint);
        Assert.True(loaded[0].HasPrivateKey);
        Assert.Equal(2, loaded.Count);
    }

    [Fact]
    public void Tells_the_forms_apart_by_their_content()
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        var pfx = Write("a.crt", _certificate.Export(X509ContentType.Pfx));
        var pem = Write("b.crt", $"a comment\n{_certificate.ExportCertificatePem()}\n");
        var keyPem = Write("b.key", key.ExportPkcs8PrivateKeyPem());

        Assert.Equal(_certificate.Thumbprint, ClientCertificate.Load(pfx, null, null)[0].Thumbprint);
        Assert.Equal(_certificate.Thumbprint, ClientCertificate.Load(pem, keyPem, null)[0].Thumbprint);
    }

    [Fact]
    public void Refuses_a_key_that_belongs_to_another_certificate()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Write("a.pem", _certificate.ExportCertificatePem());
        var key = Write("a.key", other.ExportPkcs8PrivateKeyPem());
        var failure = Assert.Throws<ClientCertificateException>(
            () => ClientCertificate.LoadPem(certificate, key, null));
        Assert.Equal("ClientCertificateInvalid", failure.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate at all")]
    public void Refuses_a_file_that_holds_none(string content)
    {
        Assert.Throws<ClientCertificateException>(() => ClientCertificate.LoadPem(Write("a.pem", content), null, null));
        Assert.Throws<ClientCertificateException>(() => ClientCertificate.LoadPfx(Write("a.pfx", content), null));
    }

    [Fact]
    public void Refuses_a_certificate_without_its_key()
    {
        using var bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        var path = Write("a.pfx", bare.Export(X509ContentType.Pfx));
        var failure = Assert.Throws<ClientCertificateException>(() => ClientCertificate.LoadPfx(path, null));
        Assert.Equal("ClientCertificateWithoutKey", failure.ErrorId);
    }

    [Fact]
    public void Names_a_file_that_is_missing()
    {
        var path = Path.Combine(_folder, "missing.pfx");
        var failure = Assert.Throws<ClientCertificateException>(() => ClientCertificate.LoadPfx(path, null));
        Assert.Equal("ClientCertificateNotFound", failure.ErrorId);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_thumbprint_that_no_store_has()
    {
        var failure = Assert.Throws<ClientCertificateException>(
            () => ClientCertificate.FindInStore("00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 11 22 33"));
        Assert.Equal("ClientCertificateNotFound", failure.ErrorId);
        Assert.Contains("00112233445566778899aabbccddeeff00112233", failure.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string content) => Write(name, System.Text.Encoding.ASCII.GetBytes(content));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
