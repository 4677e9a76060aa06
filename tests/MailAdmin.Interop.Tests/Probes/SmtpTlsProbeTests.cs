using System.Globalization;
using MailAdmin.Interop.Sending;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Tools;
using MailAdmin.Probes;
using MailAdmin.Probes.Tls;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Probes;

/// <summary>What is found of a real server's TLS; sslscan and OpenSSL's client judge.</summary>
[Collection(nameof(PostfixServer))]
public sealed class SmtpTlsProbeTests(PostfixServer postfix)
{
    private static readonly ExternalTool OpenSsl = new("openssl");

    [SkippableTheory]
    [InlineData(PostfixService.AllTls, TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13)]
    [InlineData(PostfixService.OldTls, TlsVersion.Tls10, TlsVersion.Tls11)]
    [InlineData(PostfixService.FewCiphers, TlsVersion.Tls12)]
    [InlineData(PostfixService.Relay, TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13)]
    public async Task Finds_the_versions_and_suites_that_sslscan_finds(
        PostfixService service, params TlsVersion[] versions)
    {
        postfix.Require();
        var judged = await SslScan.RunAsync(postfix.Port(service));

        var result = await ProbeAsync(service);

        Assert.Equal(versions, result.SupportedVersions);
        Assert.Equal(judged.Keys.Order(), result.SupportedVersions.Order());
        foreach (var version in result.Versions.Where(v => v.IsSupported == true))
        {
            Assert.True(version.IsComplete, version.Detail);
            Assert.Equal(
                judged[version.Version].Select(suite => suite.ToString()).Order(StringComparer.Ordinal),
                version.CipherSuites.Select(cipher => cipher.Suite.ToString()).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>What was found with a hello that goes no further is what a whole handshake gets.</summary>
    [SkippableTheory]
    [InlineData(PostfixService.AllTls)]
    [InlineData(PostfixService.OldTls)]
    public async Task Finds_the_versions_that_OpenSSL_shakes_hands_with(PostfixService service)
    {
        postfix.Require();
        var result = await ProbeAsync(service);
        foreach (var version in result.Versions.Where(v => v.Version != TlsVersion.Ssl30))
        {
            var handshake = await OpenSsl.RunAsync(
                "s_client",
                "-starttls", "smtp",
                "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{postfix.Port(service)}"),
                "-cipher", "ALL:@SECLEVEL=0",
                Option(version.Version));
            Assert.True(handshake.ExitCode == 0 == version.IsSupported, $"{version}\n{handshake}");
        }
    }

    [SkippableFact]
    public async Task Names_TLS_as_the_step_that_fails_where_only_old_versions_are_offered()
    {
        postfix.Require();
        var result = await ProbeAsync(PostfixService.OldTls);
        Assert.Equal(ProbeStage.Tls, result.FailedStage);
        Assert.Contains("TLS 1.1", string.Join(' ', result.Warnings), StringComparison.Ordinal);
        Assert.NotEmpty(result.Diagnosis!.Remedies);
    }

    [SkippableTheory]
    [InlineData(PostfixService.Expired, "CertificateExpired")]
    [InlineData(PostfixService.WrongName, "CertificateNameMismatch")]
    [InlineData(PostfixService.SelfSigned, "CertificateSelfSigned")]
    [InlineData(PostfixService.Revoked, "CertificateRevoked")]
    public async Task Says_what_is_wrong_with_the_certificate(PostfixService service, string errorId)
    {
        postfix.Require();
        var result = await ProbeAsync(service, withCiphers: false);
        Assert.Equal((ProbeStage.Certificate, errorId), (result.FailedStage, result.Error!.ErrorId));
        Assert.Contains(errorId, result.CertificateFaults.Select(fault => fault.ErrorId));
        Assert.Contains(TlsVersion.Tls13, result.SupportedVersions);
    }

    [SkippableFact]
    public async Task Shows_a_certificate_that_checks_out()
    {
        postfix.Require();
        var result = await ProbeAsync(PostfixService.Relay, withCiphers: false);
        Assert.Null(result.Problem);
        Assert.Empty(result.CertificateFaults);
        Assert.Equal(postfix.Certificates.Valid.Certificate.SerialNumber, result.Certificate!.SerialNumber);
        Assert.Equal(["localhost", "mail.example.test", "127.0.0.1", "::1"], result.CertificateNames);
        Assert.Equal(2, result.Chain.Count);
        Assert.False(result.ClientCertificateRequested);
    }

    [SkippableTheory]
    [InlineData(PostfixService.ClientCertificate)]
    [InlineData(PostfixService.ClientCertificateForced)]
    public async Task Notices_that_a_certificate_is_asked_for(PostfixService service)
    {
        postfix.Require();
        Assert.True((await ProbeAsync(service, withCiphers: false)).ClientCertificateRequested);
    }

    [SkippableFact]
    public async Task Begins_with_TLS_where_the_port_wants_it()
    {
        postfix.Require();
        var result = await ProbeAsync(PostfixService.ImplicitTls, withCiphers: false);
        Assert.Null(result.Problem);
        Assert.Contains(TlsVersion.Tls13, result.SupportedVersions);
    }

    [SkippableFact]
    public async Task Names_STARTTLS_where_there_is_none()
    {
        postfix.Require();
        Assert.Equal(ProbeStage.StartTls, (await ProbeAsync(PostfixService.Plain)).FailedStage);
    }

    private static string Option(TlsVersion version) => version switch
    {
        TlsVersion.Tls10 => "-tls1",
        TlsVersion.Tls11 => "-tls1_1",
        TlsVersion.Tls12 => "-tls1_2",
        _ => "-tls1_3",
    };

    private Task<SmtpTlsResult> ProbeAsync(
        PostfixService service, bool withCiphers = true) => new SmtpTlsProbe().RunAsync(
        ProbePatience.Apply(Routes.To(postfix, service)) with
        {
            Security = service == PostfixService.ImplicitTls
                ? ConnectionSecurity.Implicit
                : ConnectionSecurity.StartTls,
        },
        withCiphers,
        progress: null,
        transcript: null,
        CancellationToken.None);
}
