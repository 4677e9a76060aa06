using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.Probes;
using MailAdmin.Probes.Tls;
using MailAdmin.Server;
using MailAdmin.Tests.Net;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Probes;

public sealed class SmtpTlsProbeTests : ProbeTests
{
    private const string OpenSsl = "/usr/bin/openssl";

    [Theory]
    [InlineData(SmtpServerSecurity.StartTls)]
    [InlineData(SmtpServerSecurity.Implicit)]
    public async Task Finds_versions_suites_and_certificate(SmtpServerSecurity security)
    {
        await using var server = await StartAsync(new() { Security = security });
        var result = await ProbeAsync(RouteTo(server.Port, security));
        Assert.Null(result.Problem);
        Assert.Equal([TlsVersion.Tls12, TlsVersion.Tls13], result.SupportedVersions);
        Assert.All(result.Versions.Where(v => v.IsSupported == true), v => Assert.NotEmpty(v.CipherSuites));
        Assert.Contains(
            result.CipherSuite,
            result.Versions[^1].CipherSuites.Select(c => (System.Net.Security.TlsCipherSuite?)c.Suite));
        Assert.Equal(["localhost", "127.0.0.1"], result.CertificateNames);
        Assert.Equal(["CN=localhost", "CN=MailAdmin test root"], result.Chain);
        Assert.False(result.ClientCertificateRequested);
        Assert.Equal(DaneOutcome.NotChecked, result.Dane.Outcome);
        Assert.Equal(SslProtocols.Tls13, result.TlsProtocol);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsVersion.Tls12)]
    [InlineData(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task Finds_the_only_version(SslProtocols only, TlsVersion version)
    {
        await using var server = await StartAsync(
            new() { Security = SmtpServerSecurity.StartTls, TlsProtocols = only });
        var result = await ProbeAsync(RouteTo(server.Port, SmtpServerSecurity.StartTls));
        Assert.Equal([version], result.SupportedVersions);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Notices_that_a_client_certificate_is_asked_for(SslProtocols version)
    {
        await using var server = await StartAsync(new()
        {
            Security = SmtpServerSecurity.StartTls,
            TlsProtocols = version,
            RequestClientCertificate = true,
        });
        var result = await ProbeAsync(RouteTo(server.Port, SmtpServerSecurity.StartTls));
        Assert.True(result.ClientCertificateRequested);
    }

    [SkippableFact]
    public async Task Finds_versions_that_this_machine_would_not_speak()
    {
        Skip.IfNot(File.Exists(OpenSsl));
        using var certificate = TestCertificates.Issue(Root, ["127.0.0.1"]);
        await using var server = await OpenSslServer.StartAsync(
            certificate, Root, "-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-no_tls1_2", "-no_tls1_3");
        var result = await ProbeAsync(RouteTo(server.Port, SmtpServerSecurity.Implicit));
        Assert.Equal([TlsVersion.Tls10, TlsVersion.Tls11], result.SupportedVersions);
        Assert.Equal(ProbeStage.Tls, result.FailedStage);
        Assert.Contains(
            result.Warnings,
            w => w.StartsWith("The newest version that the server takes is TLS 1.1", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, w => w.Contains("_NULL_", StringComparison.Ordinal));
        Assert.Equal("protocol_version", result.Versions[^1].Detail);
    }

    [SkippableFact]
    public async Task Finds_exactly_the_suites_that_the_server_has()
    {
        Skip.IfNot(File.Exists(OpenSsl));
        using var certificate = TestCertificates.Issue(Root, ["127.0.0.1"]);
        await using var server = await OpenSslServer.StartAsync(
            certificate,
            Root,
            "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-SHA",
            "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256");
        var result = await ProbeAsync(RouteTo(server.Port, SmtpServerSecurity.Implicit));
        Assert.Equal(
            [
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
            ],
            result.Versions.SelectMany(v => v.CipherSuites.Select(c => c.ToString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Names_STARTTLS_when_it_is_not_offered()
    {
        await using var server = await StartAsync(new());
        var result = await ProbeAsync(RouteTo(server.Port, SmtpServerSecurity.StartTls));
        Assert.Equal(ProbeStage.StartTls, result.FailedStage);
        Assert.Empty(result.Versions);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_the_certificate_and_goes_on()
    {
        using var expired = TestCertificates.Issue(
            Root, ["other.example.com"], DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2));
        await using var server = await StartAsync(
            new() { Security = SmtpServerSecurity.StartTls, Certificate = expired });
        var result = await ProbeAsync(RouteTo(server.Port, SmtpServerSecurity.StartTls));
        Assert.Equal(ProbeStage.Certificate, result.FailedStage);
        Assert.Equal(
            ["CertificateExpired", "CertificateNameMismatch"],
            result.CertificateFaults.Where(f => !f.IsOnlyWarning).Select(f => f.ErrorId).Order());
        Assert.NotEmpty(result.SupportedVersions);
    }

    [Theory]
    [InlineData("3 1 1", 0, true, DaneOutcome.Matches)]
    [InlineData("3 0 2", 0, true, DaneOutcome.Matches)]
    [InlineData("3 1 0", 0, true, DaneOutcome.Matches)]
    [InlineData("2 0 1", 1, true, DaneOutcome.Matches)]
    [InlineData("2 1 1", 0, true, DaneOutcome.Mismatch)]
    [InlineData("3 1 1", 1, true, DaneOutcome.Mismatch)]
    [InlineData("1 1 1", 0, true, DaneOutcome.NotUsable)]
    [InlineData("3 1 1", 0, false, DaneOutcome.NotAuthenticated)]
    public async Task Compares_the_certificate_with_TLSA_records(
        string kind, int ofChain, bool isProven, DaneOutcome expected)
    {
        await using var server = await StartAsync(new() { Security = SmtpServerSecurity.StartTls });
        var association = Association(kind, ofChain == 0 ? Good : Root);
        var zone = new DnsTestZone($"_{server.Port}._tcp.localhost. 60 TLSA {kind} {association}");
        await using var names = DnsTestServer.Start(zone);
        names.AuthenticatesData = isProven;
        using var dns = new DnsClient(new DnsClientOptions { Servers = [names.EndPoint] });
        var route = RouteTo(server.Port, SmtpServerSecurity.StartTls) with { Host = "localhost" };
        var probe = new SmtpTlsProbe(dns, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var result = await probe.RunAsync(route, withCiphers: false, null, null, CancellationToken.None);
        Assert.Equal(expected, result.Dane.Outcome);
        Assert.Equal(expected == DaneOutcome.Mismatch ? ProbeStage.Dane : null, result.FailedStage);
    }

    private static string Association(string kind, X509Certificate2 certificate)
    {
        var data = kind[2] == '0' ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return Convert.ToHexString(kind[4] switch
        {
            '1' => SHA256.HashData(data),
            '2' => SHA512.HashData(data),
            _ => data,
        });
    }

    private static SmtpRoute RouteTo(int port, SmtpServerSecurity security) => RouteTo(port) with
    {
        Security = security == SmtpServerSecurity.Implicit ? ConnectionSecurity.Implicit : ConnectionSecurity.StartTls,
    };

    private static Task<SmtpTlsResult> ProbeAsync(SmtpRoute route) =>
        new SmtpTlsProbe().RunAsync(route, withCiphers: true, null, null, CancellationToken.None);
}
