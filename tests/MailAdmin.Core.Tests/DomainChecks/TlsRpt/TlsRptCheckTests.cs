using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.TlsRpt;

namespace MailAdmin.Tests.DomainChecks.TlsRpt;

public sealed class TlsRptCheckTests
{
    // The first two are the examples of RFC 8460 §3.
    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", "Ok TlsRptGood")]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", "Ok TlsRptGood")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,ftp://example.com", "Warning TlsRptIgnored", "Ok TlsRptGood")]
    [InlineData("v=TLSRPTv1; rua=reports@example.com", "Warning TlsRptIgnored", "Error TlsRptNoUri")]
    [InlineData("v=TLSRPTv1;", "Error TlsRptNoUri")]
    public async Task Judges_records(string text, params string[] findings) =>
        Assert.Equal(findings, Codes.Of((await Check($"_smtp._tls.example.com TXT \"{text}\"")).Findings));

    [Fact]
    public async Task Offers_a_record_where_there_is_none()
    {
        var log = await Check("_smtp._tls.example.com TXT \"v=other\"");
        Assert.Equal(["Info TlsRptMissing"], Codes.Of(log.Findings));
        Assert.Single(TlsRptRecord.Read(Assert.Single(log.Suggestions).Text).ReportUris);
    }

    [Fact]
    public async Task Several_records_count_as_none() => Assert.Equal(
        ["Error TlsRptManyRecords"],
        Codes.Of((await Check(
            "_smtp._tls.example.com TXT \"v=TLSRPTv1; rua=mailto:a@example.com\"",
            "_smtp._tls.example.com TXT \"v=TLSRPTv1; rua=mailto:b@example.com\"")).Findings));

    private static async Task<AreaLog> Check(params string[] lines)
    {
        var log = new AreaLog(CheckArea.TlsRpt);
        await new TlsRptCheck(new MemoryResolver().With(lines), log, default).RunAsync(DnsName.Parse("example.com"));
        return log;
    }
}
