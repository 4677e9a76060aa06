using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class ClientCertificateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly X509Certificate2 _certificate = SelfSigned("CN=device.example.com");

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Reads_a_pfx() => AssertIsOurs(ClientCertificateFile.Load(Write("c.pfx", _certificate.Export(X509ContentType.Pfx))));

    [Fact]
    public void Reads_a_pfx_with_a_password() =>
        AssertIsOurs(ClientCertificateFile.Load(Write("c.pfx", _certificate.Export(X509ContentType.Pfx, "kept")), password: "kept"));

    [Fact]
    public void Reads_certificate_and_key_from_one_pem_file() =>
        AssertIsOurs(ClientCertificateFile.Load(Write("c.pem", $"{_certificate.ExportCertificatePem()}\n{KeyPem()}\n")));

    [Fact]
    public void Reads_certificate_and_key_from_two_pem_files() =>
        AssertIsOurs(ClientCertificateFile.Load(Write("c.pem", _certificate.ExportCertificatePem()), Write("k.pem", KeyPem())));

    [Fact]
    public void Takes_the_chain_along_behind_the_end_certificate()
    {
        using var other = SelfSigned("CN=Issuing authority");
        var path = Write("c.pem", $"{_certificate.ExportCertificatePem()}\n{other.ExportCertificatePem()}\n{KeyPem()}\n");

        var chain = ClientCertificateFile.Load(path);

        AssertIsOurs(chain);
        Assert.Equal(["CN=device.example.com", "CN=Issuing authority"], chain.Select(c => c.Subject));
    }

    [Theory]
    [InlineData("not a certificate at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Refuses_what_is_none(string content)
    {
        var failure = Assert.Throws<ClientCertificateException>(() => ClientCertificateFile.Load(Write("c", content)));
        Assert.Equal("ClientCertificateUnusable", failure.ErrorId);
    }

    [Fact]
    public void Refuses_one_without_its_key() =>
        Assert.Equal(
            "ClientCertificateUnusable",
            Assert.Throws<ClientCertificateException>(
                () => ClientCertificateFile.Load(Write("c.pem", _certificate.ExportCertificatePem()))).ErrorId);

    [Fact]
    public void Says_that_a_file_is_missing() =>
        Assert.Equal(
            MailErrorKind.NotFound,
            Assert.Throws<ClientCertificateException>(() => ClientCertificateFile.Load(Path.Combine(_folder, "none"))).Kind);

    private static X509Certificate2 SelfSigned(string subject)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private void AssertIsOurs(X509Certificate2Collection loaded)
    {
        Assert.True(loaded[0].HasPrivateKey);
        Assert.Equal(_certificate.Thumbprint, loaded[0].Thumbprint);
    }

    private string KeyPem() => _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();

    private string Write(string name, string text) => Write(name, System.Text.Encoding.ASCII.GetBytes(text));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
