using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.Net;
using MailAdmin.Server;
using MailAdmin.Tests.DomainChecks;
using MailAdmin.Tests.DomainChecks.MtaSts;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

/// <summary>DANE from the records in the DNS to the certificate that a real socket shows.</summary>
public sealed class SmtpHostCertificatesTests
{
    private const string Host = "mx.example.com";

    private static readonly X509Certificate2 Root = TestCertificates.CreateRoot();
    private static readonly X509Certificate2 Present = TestCertificates.Issue(Root, [Host]);
    private static readonly X509Certificate2 Former = TestCertificates.Issue(Root, [Host]);
    private static readonly X509Certificate2 OtherName = TestCertificates.Issue(Root, ["other.example.com"]);

    [Theory]
    [InlineData("3 1 1", "present", "Ok DaneCertificateFits")]
    [InlineData("3 0 2", "present", "Ok DaneCertificateFits")]
    [InlineData("3 1 1", "former", "Error DaneCertificateDiffers")]
    [InlineData("2 1 1", "present", "Error DaneCertificateDiffers")]
    public async Task Compares_what_the_host_shows(string kind, string about, string finding) =>
        Assert.Equal(["Ok DaneGood", finding], await CheckAsync(Present, true, Tlsa(kind, about)));

    [Fact]
    public async Task Takes_a_certificate_that_was_rolled_after_its_record_was_published() =>
        Assert.Equal(
            ["Ok DaneGood", "Ok DaneCertificateFits"],
            await CheckAsync(Present, true, Tlsa("3 1 1", "former"), Tlsa("3 1 1", "present")));

    [Fact]
    public async Task Does_not_mind_the_name_in_a_certificate_that_is_named_itself() =>
        Assert.Equal(
            ["Ok DaneGood", "Ok DaneCertificateFits"], await CheckAsync(OtherName, true, Tlsa("3 1 1", "other")));

    /// <summary>
    /// RFC 7672 §3.1.2: nobody can find an authority that the server does not send, as it is no known root.
    /// </summary>
    [Fact]
    public async Task Misses_an_authority_that_the_server_keeps_back() =>
        Assert.Equal(
            ["Ok DaneGood", "Error DaneCertificateDiffers"], await CheckAsync(Present, true, Tlsa("2 0 1", "root")));

    [Fact]
    public async Task Warns_only_where_DNSSEC_does_not_prove_the_records_here() =>
        Assert.Equal(
            ["Warning DaneNotAuthenticated", "Warning DaneCertificateDiffers"],
            await CheckAsync(Present, false, Tlsa("3 1 1", "former")));

    [Fact]
    public async Task Misses_STARTTLS_where_records_demand_it() =>
        Assert.Equal(
            ["Ok DaneGood", "Error DaneNoStartTls"], await CheckAsync(shown: null, true, Tlsa("3 1 1", "present")));

    [Fact]
    public async Task A_port_that_cannot_be_reached_is_no_fault_of_the_domain()
    {
        int closed;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            closed = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Assert.Equal(["Ok DaneGood", "Info DaneNotCompared"], await CheckAsync(closed, true, Tlsa("3 1 1", "present")));
    }

    [Fact]
    public async Task Asks_no_host_without_usable_records()
    {
        var nobody = new SmtpHostCertificates(new TcpDialer(
            (name, _) => throw new InvalidOperationException($"{name} was to be connected to.")));
        Assert.Equal(["Info DaneMissing"], await CheckAsync(_ => nobody, true));
        Assert.Equal(
            ["Warning DaneRecordUnusable", "Error DaneNothingUsable"],
            await CheckAsync(_ => nobody, true, Tlsa("1 1 1", "present")));
    }

    private static async Task<string[]> CheckAsync(X509Certificate2? shown, bool isProven, params string[] records)
    {
        await using var server = await StartAsync(shown);
        return await CheckAsync(server.Port, isProven, records);
    }

    private static Task<string[]> CheckAsync(int port, bool isProven, params string[] records) => CheckAsync(
        dns => new SmtpHostCertificates(new TcpDialer(new HostAddressLookup(dns).FindAsync), port), isProven, records);

    private static async Task<string[]> CheckAsync(
        Func<DnsClient, SmtpHostCertificates> certificates, bool isProven, params string[] records)
    {
        await using var names = DnsTestServer.Start(new DnsTestZone(
            ["example.com MX 10 mx.example.com", $"{Host} A 127.0.0.1", .. records]));
        names.AuthenticatesData = isProven;
        using var dns = new DnsClient(new DnsClientOptions { Servers = [names.EndPoint] });
        var options = new MailDomainCheckOptions { Areas = [CheckArea.Dane] };
        var check = new MailDomainCheck(
            dns, new StillPolicySource(MtaStsFetch.Status(404)), options, certificates: certificates(dns));
        return [.. Codes.Of((await check.CheckAsync(DomainName.Parse("example.com"), default)).Findings)];
    }

    private static Task<SmtpTestServer> StartAsync(X509Certificate2? certificate) => SmtpTestServer.StartAsync(new()
    {
        Security = certificate is null ? SmtpServerSecurity.None : SmtpServerSecurity.StartTls,
        Certificate = certificate,
    });

    private static string Tlsa(string kind, string about)
    {
        var certificate = about switch { "present" => Present, "former" => Former, "other" => OtherName, _ => Root };
        var data = kind[2] == '0' ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        var association = Convert.ToHexString(kind[4] == '1' ? SHA256.HashData(data) : SHA512.HashData(data));
        return $"_25._tcp.{Host} TLSA {kind} {association}";
    }
}
