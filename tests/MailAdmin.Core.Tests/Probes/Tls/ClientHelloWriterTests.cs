using System.Net.Security;
using MailAdmin.Probes.Tls;

namespace MailAdmin.Tests.Probes.Tls;

public sealed class ClientHelloWriterTests
{
    private static readonly byte[] Random =
        [.. Enumerable.Range(0, ClientHelloWriter.RandomLength).Select(i => (byte)i)];

    [Fact]
    public void Writes_the_hello_of_SSL_3_without_extensions() => Assert.Equal(
        "16" + "0300" + "002F" + "01" + "00002B" + "0300" + Convert.ToHexString(Random[..32]) + "00"
        + "0004" + "002F000A" + "01" + "00",
        Hex(
            TlsVersion.Ssl30,
            TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA));

    [Theory]
    [InlineData(TlsVersion.Tls10, "0301")]
    [InlineData(TlsVersion.Tls11, "0302")]
    [InlineData(TlsVersion.Tls12, "0303")]
    public void Names_the_version_in_the_hello(TlsVersion version, string number)
    {
        var hello = Hex(version, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
        Assert.StartsWith("160301", hello, StringComparison.Ordinal);
        Assert.Equal(number, hello.Substring(18, 4));
        Assert.Contains(Convert.ToHexString("mx.example.com"u8), hello, StringComparison.Ordinal);
        Assert.DoesNotContain("002B0003020304", hello, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_TLS_1_3_in_an_extension()
    {
        var hello = Hex(TlsVersion.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256);
        Assert.Equal("0303", hello.Substring(18, 4));
        Assert.Contains("002B0003020304", hello, StringComparison.Ordinal);
        Assert.Contains("003300260024001D0020" + Convert.ToHexString(Random[64..]), hello, StringComparison.Ordinal);
    }

    [Fact]
    public void Offers_every_suite_of_the_version_once()
    {
        Assert.Equal(5, CipherSuites.For(TlsVersion.Tls13).Count);
        var old = CipherSuites.For(TlsVersion.Tls12);
        Assert.InRange(old.Count, 100, 300);
        Assert.Equal(old.Count, old.Distinct().Count());
        Assert.DoesNotContain(old, CipherSuites.For(TlsVersion.Tls13).Contains);
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherStrength.Strong)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherStrength.Strong)]
    [InlineData(TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CCM, TlsCipherStrength.Strong)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, TlsCipherStrength.Weak)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, TlsCipherStrength.Weak)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA, TlsCipherStrength.Broken)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA, TlsCipherStrength.Broken)]
    [InlineData(TlsCipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA, TlsCipherStrength.Broken)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256, TlsCipherStrength.Broken)]
    public void Judges_suites(TlsCipherSuite suite, TlsCipherStrength strength) =>
        Assert.Equal(strength, CipherSuites.Judge(suite).Strength);

    private static string Hex(TlsVersion version, params TlsCipherSuite[] suites) =>
        Convert.ToHexString(ClientHelloWriter.Write(new ClientHello(version, suites, "mx.example.com"), Random));
}
