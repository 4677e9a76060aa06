using System.Net.Mail;
using System.Text;
using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

public sealed class FileTests
{
    private const string Reply = "550 5.7.60 SMTP; Client does not have permissions to send as this sender";
    private const string Bounce =
        "Nov 22 10:00:00 mx postfix/smtp[1]: 4A: to=<a@example.com>, relay=b[192.0.2.1]:25, dsn=5.1.1, " +
        "status=bounced (host b[192.0.2.1] said: 550 5.1.1 User unknown)";

    private const string Report = """
        Delivered-To: me@example.com
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; b.example.com

        Final-Recipient: rfc822; anna@example.com
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --x
        Content-Type: text/plain

        """;

    [Fact]
    public async Task Takes_a_small_file_as_one_text()
    {
        var found = Assert.Single(await ExplainAsync($"RCPT TO:<a@example.com>\r\n{Reply}\r\n"));

        Assert.Equal("SendAsMissing", found.Id);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task Knows_a_report_of_any_size_by_its_header(int padding)
    {
        var found = Assert.Single(await ExplainAsync(Report + new string('x', padding) + "\n--x--\n"));

        Assert.Equal("RecipientUnknown", found.Id);
        Assert.Equal("anna@example.com", found.Recipient);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public async Task Gives_one_diagnosis_for_each_line_of_a_log(int lines)
    {
        var found = await ExplainAsync(string.Concat(Enumerable.Repeat(Bounce + "\n", lines)));

        Assert.Equal(Enumerable.Range(1, lines).Cast<int?>(), found.Select(f => f.LineNumber));
    }

    [Fact]
    public async Task Reads_what_has_a_byte_order_mark()
    {
        var octets = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Reply)).ToArray();

        Assert.Equal("SendAsMissing", Assert.Single(await ExplainAsync(new MemoryStream(octets), null)).Id);
    }

    [Fact]
    public async Task Finds_nothing_in_an_empty_file() => Assert.Empty(await ExplainAsync(""));

    [Fact]
    public async Task Tells_how_far_it_is_and_stops_when_told()
    {
        var octets = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Bounce + "\n", 5000)));
        var positions = new Positions();
        await ExplainAsync(new MemoryStream(octets), positions);

        Assert.Equal(octets.Length, positions.Seen[^1]);
        Assert.Equal(positions.Seen.Order(), positions.Seen);
        Assert.True(positions.Seen.Count > 3);
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var causes = ErrorCatalog.Default.ExplainFileAsync(
                new MemoryStream(octets), cancellationToken: cancelled.Token);
            await foreach (var _ in causes)
            {
                await cancelled.CancelAsync();
            }
        });
    }

    [Fact]
    public void Explains_lines_as_they_come()
    {
        var log = ErrorCatalog.Default.ExplainLines("ja-JP");

        Assert.Null(log.Take("Nov 22 10:00:00 mx postfix/smtp[1]: 4A: removed"));
        var found = log.Take(Bounce);
        Assert.Equal(("RecipientUnknown", 2, "ja-JP"), (found?.Id, found?.LineNumber, found?.Culture));
        Assert.Null(log.Take(new string('x', 100_000) + Bounce));
    }

    [Fact]
    public void Reads_code_and_recipient_of_the_failures_of_NETs_own_client()
    {
        var unknown = new SmtpFailedRecipientException(
            SmtpStatusCode.MailboxUnavailable,
            "<a@example.com>",
            "Mailbox unavailable. The server response was: 5.1.1 User unknown");
        var greylisted = new SmtpFailedRecipientException(
            SmtpStatusCode.MailboxBusy,
            "<b@example.com>",
            "Mailbox busy. The server response was: 4.2.0 Greylisted, try later");

        var found = ErrorCatalog.Default.Explain(new SmtpFailedRecipientsException("Not all.", [unknown, greylisted]));

        Assert.Equal(
            [("RecipientUnknown", 550, "a@example.com"), ("Greylisted", 450, "b@example.com")],
            found.Select(f => (f.Id, f.Code ?? 0, f.Recipient)));
    }

    [Theory]
    [InlineData("ja", true)]
    [InlineData("EN-gb", true)]
    [InlineData("fr-FR", false)]
    [InlineData("", false)]
    public void Says_which_languages_it_has(string culture, bool has) =>
        Assert.Equal(has, ErrorCatalog.Default.HasCulture(culture));

    private static Task<List<SmtpDiagnosis>> ExplainAsync(string content) =>
        ExplainAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), null);

    private static async Task<List<SmtpDiagnosis>> ExplainAsync(Stream content, IProgress<long>? position)
    {
        var found = new List<SmtpDiagnosis>();
        await foreach (var diagnosis in ErrorCatalog.Default.ExplainFileAsync(content, "en-US", position: position))
        {
            found.Add(diagnosis);
        }

        return found;
    }

    private sealed class Positions : IProgress<long>
    {
        public List<long> Seen { get; } = [];

        public void Report(long value) => Seen.Add(value);
    }
}
