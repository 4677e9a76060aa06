using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class CertificateCheckTests
{
    private static readonly TimeSpan Patience = LoopbackPair.Patience;
    private static readonly X509Certificate2 Root = TestCertificates.CreateRoot();

    private static readonly TlsClientOptions Trusting = new()
    {
        TargetHost = "server.example",
        TrustedRoots = [Root],
        Revocation = X509RevocationMode.NoCheck,
    };

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_and_its_names_are_listed()
    {
        using var certificate = TestCertificates.Issue(Root, ["other.example", "*.wild.example", "192.0.2.7"]);
        var failure = await RefuseAsync(certificate, Trusting);
        Assert.Equal("CertificateNameMismatch", failure.ErrorId);
        Assert.Contains(
            "not for server.example but for other.example, *.wild.example, 192.0.2.7",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server.example")]
    [InlineData("*.server.example")]
    public async Task A_certificate_for_the_name_is_accepted(string name)
    {
        using var certificate = TestCertificates.Issue(Root, ["other.example", name]);
        var host = name.Replace("*", "a", StringComparison.Ordinal);
        Assert.Empty((await AcceptAsync(certificate, Trusting with { TargetHost = host })).Warnings);
    }

    [Fact]
    public async Task A_certificate_for_the_address_is_accepted()
    {
        using var certificate = TestCertificates.Issue(Root, ["server.example", "127.0.0.1"]);
        Assert.Empty((await AcceptAsync(certificate, Trusting with { TargetHost = "127.0.0.1" })).Warnings);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_the_date()
    {
        var end = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
        end = end > DateTimeOffset.UtcNow.AddDays(-2) ? DateTimeOffset.UtcNow.AddDays(-2) : end;
        using var certificate = TestCertificates.Issue(null, ["server.example"], end.AddDays(-5), end);
        var failure = await RefuseAsync(certificate, Trusting with { TrustedRoots = [certificate] });
        Assert.Equal("CertificateExpired", failure.ErrorId);
        Assert.Contains(
            $"'server.example' expired on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_future_is_refused_with_the_date()
    {
        var begin = DateTimeOffset.UtcNow.AddDays(3);
        using var certificate = TestCertificates.Issue(Root, ["server.example"], begin, begin.AddDays(2));
        var failure = await RefuseAsync(certificate, Trusting);
        Assert.Equal("CertificateNotYetValid", failure.ErrorId);
        Assert.Contains($"not valid before {begin.UtcDateTime:yyyy-MM-dd}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("clock", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_refused()
    {
        using var certificate = TestCertificates.Issue(null, ["server.example"]);
        var failure = await RefuseAsync(certificate, Trusting);
        Assert.Equal("CertificateSelfSigned", failure.ErrorId);
        Assert.Contains("CN=server.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_and_the_issuer_named()
    {
        using var stranger = TestCertificates.CreateRoot("Stranger root");
        using var certificate = TestCertificates.Issue(stranger, ["server.example"]);
        var failure = await RefuseAsync(certificate, Trusting);
        Assert.Equal("CertificateUntrusted", failure.ErrorId);
        Assert.Contains("CN=Stranger root", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_untrusted_root_that_the_server_sends_is_named()
    {
        using var stranger = TestCertificates.CreateRoot("Stranger root");
        using var certificate = TestCertificates.Issue(stranger, ["server.example"]);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.Add(stranger);
        chain.Build(certificate);
        var fault = Assert.Single(CertificateJudge.FindFaults(
            "server.example", certificate, chain, SslPolicyErrors.RemoteCertificateChainErrors, DateTimeOffset.UtcNow));
        Assert.Equal("CertificateUntrusted", fault.ErrorId);
        Assert.Contains(
            "root CN=Stranger root, which this machine does not trust", fault.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_intermediate_is_named()
    {
        using var intermediate = TestCertificates.CreateIntermediate(Root, "Forgotten intermediate");
        using var certificate = TestCertificates.Issue(intermediate, ["server.example"]);
        var failure = await RefuseAsync(certificate, Trusting);
        Assert.Equal("CertificateUntrusted", failure.ErrorId);
        Assert.Contains("CN=Forgotten intermediate", failure.Message, StringComparison.Ordinal);

        using var bare = X509CertificateLoader.LoadCertificate(intermediate.RawData);
        Assert.Empty((await AcceptAsync(certificate, Trusting, bare)).Warnings);
    }

    [Fact]
    public async Task A_revoked_certificate_is_refused()
    {
        await using var lists = new RevocationListServer();
        using var certificate = TestCertificates.Issue(Root, ["server.example"], revocationList: lists.Address);
        lists.Content = TestCertificates.CreateRevocationList(Root, certificate);
        var failure = await RefuseAsync(certificate, Trusting with { Revocation = X509RevocationMode.Online });
        Assert.Equal("CertificateRevoked", failure.ErrorId);
        Assert.Contains("CN=MailAdmin test root", failure.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, lists.Fetched);
    }

    [Fact]
    public async Task A_certificate_that_the_list_does_not_name_is_accepted()
    {
        await using var lists = new RevocationListServer();
        using var certificate = TestCertificates.Issue(Root, ["server.example"], revocationList: lists.Address);
        lists.Content = TestCertificates.CreateRevocationList(Root);
        var session = await AcceptAsync(certificate, Trusting with { Revocation = X509RevocationMode.Online });
        Assert.Empty(session.Warnings);
        Assert.NotEqual(0, lists.Fetched);
    }

    [Fact]
    public async Task Unknown_revocation_is_only_a_warning()
    {
        using var reserved = FakePeer.ReserveClosedPort(out var port);
        using var certificate = TestCertificates.Issue(
            Root, ["server.example"], revocationList: new Uri($"http://127.0.0.1:{port}/{Guid.NewGuid():N}.crl"));
        var session = await AcceptAsync(certificate, Trusting with { Revocation = X509RevocationMode.Online });
        Assert.Equal("CertificateRevocationUnknown", Assert.Single(session.Faults).ErrorId);
        Assert.Contains("revoked", Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Every_fault_becomes_a_warning_where_the_check_does_not_matter(bool skip, bool opportunistic)
    {
        using var certificate = TestCertificates.Issue(
            null, ["other.example"], DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-8));
        var session = await AcceptAsync(
            certificate, Trusting with { SkipCertificateCheck = skip, BadCertificateIsWarning = opportunistic });
        Assert.Equal(
            ["CertificateNameMismatch", "CertificateExpired", "CertificateSelfSigned"],
            session.Faults.Select(fault => fault.ErrorId));
        Assert.Equal(3, session.Warnings.Count);
    }

    [Fact]
    public async Task All_faults_are_in_the_failure()
    {
        using var certificate = TestCertificates.Issue(
            null, ["other.example"], DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-8));
        var failure = await RefuseAsync(certificate, Trusting);
        Assert.Equal(3, failure.Faults.Count);
        Assert.All(failure.Faults, f => Assert.Contains(f.Explanation, failure.Message, StringComparison.Ordinal));
    }

    private static async Task<CertificateException> RefuseAsync(
        X509Certificate2 certificate, TlsClientOptions options, params X509Certificate2[] chain)
    {
        await using var pair = await LoopbackPair.OpenAsync();
        var accepting = Record.ExceptionAsync(() => ServeAsync(pair, certificate, chain));
        var failure = await Assert.ThrowsAsync<CertificateException>(
            () => pair.Client.UpgradeToTlsAsync(options, Patience, default));
        await accepting;
        Assert.False(pair.Client.IsSecure);
        return failure;
    }

    private static async Task<TlsSession> AcceptAsync(
        X509Certificate2 certificate, TlsClientOptions options, params X509Certificate2[] chain)
    {
        await using var pair = await LoopbackPair.OpenAsync();
        await Task.WhenAll(
            pair.Client.UpgradeToTlsAsync(options, Patience, default), ServeAsync(pair, certificate, chain));
        return pair.Client.Tls!;
    }

    private static Task ServeAsync(LoopbackPair pair, X509Certificate2 certificate, X509Certificate2[] chain) =>
        pair.Server.UpgradeToTlsServerAsync(
            new()
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. chain], offline: true),
            },
            Patience,
            default);
}
