using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.Tests.DomainChecks.Dane;

public sealed class DaneCheckTests
{
    private const string Sha256 = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

    [Theory]
    [InlineData("3 1 1 " + Sha256, "Ok DaneGood")]
    [InlineData("2 0 1 " + Sha256, "Ok DaneGood")]
    [InlineData("3 1 2 " + Sha256 + Sha256, "Ok DaneGood")]
    [InlineData("3 0 0 3082", "Ok DaneGood")]
    [InlineData("1 1 1 " + Sha256, "Warning DaneRecordUnusable", "Error DaneNothingUsable")]
    [InlineData("4 1 1 " + Sha256, "Warning DaneRecordUnusable", "Error DaneNothingUsable")]
    [InlineData("3 2 1 " + Sha256, "Warning DaneRecordUnusable", "Error DaneNothingUsable")]
    [InlineData("3 1 3 " + Sha256, "Warning DaneRecordUnusable", "Error DaneNothingUsable")]
    [InlineData("3 1 1 ABCD", "Warning DaneRecordUnusable", "Error DaneNothingUsable")]
    public async Task Judges_records(string data, params string[] findings)
    {
        var (log, hosts) = await Check(true, ["mx.example.com"], $"_25._tcp.mx.example.com TLSA {data}");
        Assert.Equal(findings, Codes.Of(log.Findings));
        Assert.Equal(findings[^1] == "Ok DaneGood", hosts.Single().IsActive);
    }

    [Fact]
    public async Task Without_DNSSEC_the_records_have_no_effect()
    {
        var (log, hosts) = await Check(false, ["mx.example.com"], $"_25._tcp.mx.example.com TLSA 3 1 1 {Sha256}");
        Assert.Equal(["Warning DaneNotAuthenticated"], Codes.Of(log.Findings));
        Assert.False(hosts.Single().IsActive);
    }

    [Fact]
    public async Task All_hosts_must_be_protected_or_none_is()
    {
        var (none, _) = await Check(true, ["mx.example.com"], "mx.example.com A 192.0.2.1");
        Assert.Equal(["Info DaneMissing"], Codes.Of(none.Findings));
        var (some, _) = await Check(
            true, ["mx.example.com", "mx2.example.com"], $"_25._tcp.mx.example.com TLSA 3 1 1 {Sha256}");
        Assert.Equal(["Ok DaneGood", "Warning DanePartial"], Codes.Of(some.Findings));
    }

    [Fact]
    public async Task A_look_up_that_fails_keeps_mail_back()
    {
        var log = new AreaLog(CheckArea.Dane);
        var zone = new MemoryResolver { IsAuthenticated = true }.WithSilence("_25._tcp.mx.example.com");
        await new DaneCheck(zone, null, log, default).RunAsync([Host("mx.example.com", true)]);
        Assert.Equal(["Error DaneLookupFails"], Codes.Of(log.Findings));
    }

    private static MxHost Host(string name, bool isSigned) => new()
    {
        Host = DnsName.Parse(name),
        Preference = 10,
        IsAuthenticated = isSigned,
        AreAddressesAuthenticated = isSigned,
    };

    private static async Task<(AreaLog Log, IReadOnlyList<DaneHost> Hosts)> Check(
        bool isSigned, string[] hosts, params string[] lines)
    {
        var log = new AreaLog(CheckArea.Dane);
        var zone = new MemoryResolver { IsAuthenticated = isSigned }.With(lines);
        return (
            log,
            await new DaneCheck(zone, null, log, default).RunAsync([.. hosts.Select(name => Host(name, isSigned))]));
    }
}
