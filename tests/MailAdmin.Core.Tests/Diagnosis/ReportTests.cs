using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

public sealed class ReportTests
{
    [Fact]
    public void A_report_tells_of_each_recipient()
    {
        var found = ErrorCatalog.Default.ExplainReport(Read("exchange-online.eml"), "ja-JP");

        Assert.Equal(
            [
                ("TenantRecipientQuota", "first@fabrikam.com", false, null),
                ("RecipientUnknown", "second@fabrikam.com", false, "mx.fabrikam.com"),
                ("NextServerUnreachable", "fourth@fabrikam.com", true, null),
            ],
            found.Select(d => (d.Id, d.Recipient, d.IsTransient, d.Server)));
        Assert.All(found, d => Assert.Equal("ja-JP", d.Culture));
        Assert.StartsWith(
            "550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit",
            found[0].Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_Postfix_tells_of_its_recipient()
    {
        var found = Assert.Single(ErrorCatalog.Default.ExplainReport(Read("postfix.eml"), "en-US"));
        Assert.Equal(
            ("RecipientUnknown", "nobody@fabrikam.com", "mx.fabrikam.com", 550),
            (found.Id, found.Recipient, found.Server, found.Code));
    }

    [Theory]
    [InlineData("exchange-words.eml")]
    [InlineData("exchange-words.txt")]
    public void Exchanges_words_are_enough(string file)
    {
        var found = ErrorCatalog.Default.Explain(System.Text.Encoding.UTF8.GetString(Read(file)), "en-US");

        Assert.Equal(
            [
                ("SendAsMissing", "boss@contoso.com", "MAIL01.contoso.local"),
                ("RelayAttributionFailed", "info@fabrikam.com", "MAIL01.contoso.local"),
            ],
            found.Select(d => (d.Id, d.Recipient, d.Server)));
    }

    [Theory]
    [InlineData("exchange-online.eml", 3)]
    [InlineData("postfix.eml", 1)]
    public void The_source_may_be_pasted_as_text(string file, int count) =>
        Assert.Equal(
            count, ErrorCatalog.Default.Explain(System.Text.Encoding.UTF8.GetString(Read(file)), "en-US").Count);

    [Fact]
    public void The_part_for_machines_may_be_pasted_alone()
    {
        var found = Assert.Single(ErrorCatalog.Default.Explain(
            "Final-Recipient: rfc822;a@fabrikam.com\nAction: failed\nStatus: 5.7.60\n" +
            "Diagnostic-Code: smtp;550 5.7.60 SMTP; Client does not have\n permissions to send as this sender\n",
            "en-US"));
        Assert.Equal(("SendAsMissing", "a@fabrikam.com"), (found.Id, found.Recipient));
    }

    [Fact]
    public void A_message_that_is_no_report_has_no_failure() =>
        Assert.Empty(
            ErrorCatalog.Default.ExplainReport("From: a@b.example\r\nSubject: 550 5.7.60\r\n\r\nHello\r\n"u8, "en-US"));

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(FixtureCase.Folder, "reports", name));
}
