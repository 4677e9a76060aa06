using System.Security.Cryptography;
using MailAdmin.DomainChecks.Dkim;

namespace MailAdmin.Tests.DomainChecks.Dkim;

public sealed class DkimKeyRecordTests
{
    // The example keys of RFC 6376 Appendix C and RFC 8463 Appendix A.
    internal const string Rsa1024 =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5i" +
        "jSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

    private const string Ed25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Theory]
    [InlineData("v=DKIM1; p=" + Rsa1024, "rsa", 1024)]
    [InlineData("p=" + Rsa1024, "rsa", 1024)]
    [InlineData(" v = DKIM1 ; h=sha256; s=email; t=s; k=rsa ; p=" + Rsa1024 + " ; ", "rsa", 1024)]
    [InlineData("v=DKIM1; k=ed25519; p=" + Ed25519, "ed25519", 256)]
    public void Reads_the_examples_of_the_standards(string text, string algorithm, int bits)
    {
        var key = DkimKeyRecord.Read(text);
        Assert.Null(key.Fault);
        Assert.Equal(algorithm, key.Algorithm);
        Assert.Equal(bits, key.Bits);
        Assert.False(key.IsRevoked);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Measures_keys_in_both_forms(int bits)
    {
        using var rsa = RSA.Create(bits);
        Assert.Equal(bits, DkimKeyRecord.Read($"p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}").Bits);
        Assert.Equal(bits, DkimKeyRecord.Read($"p={Convert.ToBase64String(rsa.ExportRSAPublicKey())}").Bits);
    }

    [Fact]
    public void Knows_withdrawn_keys_and_test_mode()
    {
        Assert.True(DkimKeyRecord.Read("v=DKIM1; p=").IsRevoked);
        Assert.True(DkimKeyRecord.Read("v=DKIM1; t=s:y; p=" + Rsa1024).IsTesting);
    }

    [Theory]
    [InlineData("k=rsa; v=DKIM1; p=" + Rsa1024, "DkimVersion")]
    [InlineData("v=DKIM2; p=" + Rsa1024, "DkimVersion")]
    [InlineData("v=DKIM1; k=rsa", "DkimNoKeyData")]
    [InlineData("v=DKIM1; p=not*base64", "DkimKeyNotBase64")]
    [InlineData("v=DKIM1; p=aGVsbG8=", "DkimKeyNotRsa")]
    [InlineData("v=DKIM1; k=ed25519; p=aGVsbG8=", "DkimKeyNotEd25519")]
    [InlineData("v=DKIM1; k=dsa; p=aGVsbG8=", "DkimAlgorithm")]
    [InlineData("v=DKIM1; p=aGVsbG8=; p=", "TagTwice")]
    [InlineData("v=DKIM1; hello", "TagMalformed")]
    [InlineData("v=DKIM1;; p=", "TagEmpty")]
    public void Says_why_a_record_is_unusable(string text, string fault) =>
        Assert.Equal(fault, DkimKeyRecord.Read(text).Fault?.Key);
}
