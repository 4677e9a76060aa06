using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.Net;

namespace MailAdmin.Tests.DomainChecks.Dane;

public sealed class TlsaMatchTests
{
    private static readonly X509Certificate2 Root = TestCertificates.CreateRoot();
    private static readonly X509Certificate2 Leaf = TestCertificates.Issue(Root, ["mx.example.com"]);

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, 0, false)]
    public void The_usage_says_which_certificate_is_meant(byte usage, int ofChain, bool fits)
    {
        foreach (
            var (selector, matching) in from s in new byte[] { 0, 1 } from m in new byte[] { 0, 1, 2 } select (s, m))
        {
            var record = Record(usage, selector, matching, ofChain == 0 ? Leaf : Root);
            Assert.Equal(fits, TlsaMatch.Find([record], Session(CertificateFaultIds.Untrusted)) == record);
        }
    }

    [Theory]
    [InlineData(CertificateFaultIds.Untrusted, true)]
    [InlineData(CertificateFaultIds.NameMismatch, false)]
    [InlineData(CertificateFaultIds.Expired, false)]
    public void Names_and_dates_count_below_an_authority_and_not_for_the_certificate_itself(string fault, bool fits)
    {
        Assert.Equal(fits, TlsaMatch.Find([Record(2, 1, 1, Root)], Session(fault)) is not null);
        Assert.NotNull(TlsaMatch.Find([Record(3, 1, 1, Leaf)], Session(fault)));
    }

    [Fact]
    public void One_record_of_several_is_enough()
    {
        var (old, present) = (Record(3, 1, 1, Root), Record(3, 1, 1, Leaf));
        Assert.Same(present, TlsaMatch.Find([old, present], Session(CertificateFaultIds.Untrusted)));
        Assert.Equal(
            Convert.ToHexString(present.Association.Span), TlsaMatch.KeyHash(Session(CertificateFaultIds.Untrusted)));
    }

    private static TlsSession Session(string fault) =>
        new(
            SslProtocols.Tls13,
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            Leaf,
            [new CertificateFault(fault, "x", "y")],
            [])
        {
            Chain = [Leaf, Root],
        };

    private static TlsaRecord Record(byte usage, byte selector, byte matching, X509Certificate2 certificate)
    {
        var data = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return new TlsaRecord(
            DnsName.Parse("_25._tcp.mx.example.com"),
            TimeSpan.FromHours(1),
            usage,
            selector,
            matching,
            matching switch { 1 => SHA256.HashData(data), 2 => SHA512.HashData(data), _ => data });
    }
}
