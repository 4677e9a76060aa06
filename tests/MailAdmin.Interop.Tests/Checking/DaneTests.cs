using System.Security.Cryptography;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.Interop.Servers;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Checking;

/// <summary>The domain check compares TLSA records with the certificate that Postfix shows behind STARTTLS.</summary>
[Collection(nameof(PostfixServer))]
public sealed class DaneTests(PostfixServer postfix)
{
    [SkippableTheory]
    [InlineData(PostfixService.Relay, true, "DaneCertificateFits")]
    [InlineData(PostfixService.Relay, false, "DaneCertificateDiffers")]
    [InlineData(PostfixService.SelfSigned, true, "DaneCertificateFits")]
    [InlineData(PostfixService.WrongName, true, "DaneCertificateFits")]
    [InlineData(PostfixService.Expired, true, "DaneCertificateFits")]
    [InlineData(PostfixService.Plain, true, "DaneNoStartTls")]
    public async Task Compares_records_with_what_Postfix_shows(PostfixService service, bool isItsOwn, string finding)
    {
        postfix.Require();
        var shown = service switch
        {
            PostfixService.SelfSigned => postfix.Certificates.SelfSigned,
            PostfixService.WrongName => postfix.Certificates.WrongName,
            PostfixService.Expired => postfix.Certificates.Expired,
            _ => postfix.Certificates.Valid,
        };
        var key = (isItsOwn ? shown : postfix.Certificates.Client).Certificate.PublicKey.ExportSubjectPublicKeyInfo();
        await using var names = DnsTestServer.Start(new DnsTestZone(
            "example.test MX 10 mail.example.test",
            "mail.example.test A 127.0.0.1",
            $"_25._tcp.mail.example.test TLSA 3 1 1 {Convert.ToHexString(SHA256.HashData(key))}"));
        names.AuthenticatesData = true;
        using var dns = new DnsClient(new DnsClientOptions { Servers = [names.EndPoint] });
        var dialer = new TcpDialer(new HostAddressLookup(dns).FindAsync);
        using var policies = HttpsPolicySource.Through(dns);
        var check = new MailDomainCheck(
            dns,
            policies,
            new MailDomainCheckOptions { Areas = [CheckArea.Dane] },
            certificates: new SmtpHostCertificates(dialer, postfix.Port(service)));

        var report = await check.CheckAsync(DomainName.Parse("example.test"), default);

        Assert.Equal(["DaneGood", finding], report.Findings.Select(found => found.Code));
    }
}
