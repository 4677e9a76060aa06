using MailAdmin.DomainChecks.Dmarc;

namespace MailAdmin.Tests.DomainChecks.Dmarc;

public sealed class DmarcRecordTests
{
    [Fact]
    public void Reads_all_tags()
    {
        var record = DmarcRecord.Read(
            "v=DMARC1; p=Reject; sp=quarantine; np=none; psd=n; t=y; adkim=s; aspf=s; fo=1:d; " +
            "rua=mailto:a@example.com, mailto:b@example.org!10m; ruf=mailto:c@example.com");
        Assert.Equal(DmarcPolicy.Reject, record.Policy);
        Assert.Equal(DmarcPolicy.Quarantine, record.SubdomainPolicy);
        Assert.Equal(DmarcPolicy.None, record.NonexistentPolicy);
        Assert.False(record.IsPublicSuffix);
        Assert.True(record is { IsTesting: true, IsDkimStrict: true, IsSpfStrict: true, IsUsable: true });
        Assert.Equal(["mailto:a@example.com", "mailto:b@example.org"], record.ReportUris);
        Assert.Equal(["DmarcReportSize"], record.Faults.Select(fault => fault.Key));
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject", true, true, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=reject; sp=none", true, true, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=reject; sp=none", false, true, DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=none; sp=quarantine; np=reject", false, false, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=none; sp=quarantine", false, false, DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=reject", false, false, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=reject; t=y", true, true, DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=quarantine; t=y", true, true, DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=none; t=y", true, true, DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=reject; sp=bad; rua=mailto:a@example.com", true, true, DmarcPolicy.None)]
    public void Applies_policies_as_the_standard_says(string text, bool isOwn, bool exists, DmarcPolicy policy) =>
        Assert.Equal(policy, DmarcRecord.Read(text).Applied(isOwn, exists));

    [Theory]
    [InlineData("v=DMARC1; rua=mailto:a@example.com", true)]
    [InlineData("v=DMARC1; p=stop; rua=mailto:a@example.com", true)]
    [InlineData("v=DMARC1; p=stop", false)]
    [InlineData("v=DMARC1", false)]
    [InlineData("v=DMARC1; p=none; np=bad", false)]
    [InlineData("v=DMARC1; p=none", true)]
    public void A_record_without_a_valid_policy_needs_somebody_to_report_to(string text, bool isUsable) =>
        Assert.Equal(isUsable, DmarcRecord.Read(text).IsUsable);

    [Fact]
    public void Names_the_tags_that_were_dropped_and_writes_the_record_without_them()
    {
        var record = DmarcRecord.Read("v=DMARC1; p=reject; pct=50; ri=3600; rf=afrf; rua=mailto:a@example.com");
        Assert.Equal(["pct", "rf", "ri"], record.DroppedTags);
        Assert.Empty(record.Faults);
        Assert.Equal("v=DMARC1; p=reject; rua=mailto:a@example.com", record.Modern);
    }

    [Theory]
    [InlineData("v=DMARC1; p=none; x=y", "DmarcUnknownTag")]
    [InlineData("v=DMARC1; p=none; adkim=x", "DmarcValue")]
    [InlineData("v=DMARC1; p=none; p=reject", "TagTwice")]
    [InlineData("v=DMARC1; p=none; hello", "TagMalformed")]
    public void Ignores_faults_but_names_them(string text, string fault) =>
        Assert.Equal([fault], DmarcRecord.Read(text).Faults.Select(f => f.Key));
}
