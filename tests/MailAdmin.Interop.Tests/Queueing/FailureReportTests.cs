using System.Globalization;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Tools;
using MailAdmin.Mime;
using MailAdmin.Server;
using MailAdmin.Smtp;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>Reports of failed delivery (RFC 3464), read by somebody else's parser.</summary>
[Collection(nameof(PostfixServer))]
public sealed class FailureReportTests(PostfixServer postfix)
{
    private const string Unknown = "5.1.1 No such user";

    private static readonly MessageDraft Draft = new()
    {
        From = Mailbox.Parse("Sender <sender@example.com>"),
        To = [Mailbox.Parse("anna@example.com")],
        Subject = "Report",
        TextBody = "It works.\r\n",
    };

    [SkippableFact]
    public async Task A_real_server_takes_it_with_the_empty_sender_and_brings_it_to_the_sender()
    {
        postfix.Require();
        await using var queue = await ReportingQueue.OpenAsync();
        var draft = Draft with
        {
            From = Mailbox.Parse("sender@example.net"),
            To = Mailbox.ParseList("refused@example.net, good@example.net, refused@example.org"),
        };

        var item = await queue.SendAsync(draft, "localhost", postfix.Port(PostfixService.Plain));

        var stored = await postfix.Store.WaitForAsync(item.MessageId!);
        Assert.Equal("", stored.Sender);
        Assert.Equal(["sender@example.net"], stored.Recipients);
        var report = await Judge.ReadAsync(stored);
        AssertWellFormed(report);
        Assert.Equal(
            ["refused@example.net", "refused@example.org"], Groups(report).Skip(1).Select(Recipient));
        Assert.All(Groups(report).Skip(1), group =>
        {
            Assert.Equal("5.1.1", Field(group, "Status"));
            Assert.StartsWith("smtp; 550 5.1.1 ", Field(group, "Diagnostic-Code"), StringComparison.Ordinal);
            Assert.Equal("dns; localhost", Field(group, "Remote-MTA"));
        });
    }

    [SkippableFact]
    public async Task Each_recipient_who_does_not_have_it_has_a_group_of_its_own()
    {
        var replies = new Dictionary<string, SmtpReply>
        {
            ["unknown@example.com"] = Reply(550, Unknown),
            ["full@example.org"] = Reply(552, "5.2.2 Mailbox full"),
            ["plain@example.net"] = Reply(553, "Not here"),
        };
        var (report, received) = await ReportAsync(
            Draft with
            {
                To = Mailbox.ParseList("unknown@example.com, good@example.com, full@example.org, plain@example.net"),
            },
            address => replies.GetValueOrDefault(address.ToString()));

        Assert.Null(received.Envelope.ReversePath);
        Assert.Equal("sender@example.com", Assert.Single(received.Envelope.Recipients).Address.ToString());
        Assert.Equal(
            [
                "unknown@example.com 5.1.1 smtp; 550 5.1.1 No such user",
                "full@example.org 5.2.2 smtp; 552 5.2.2 Mailbox full",
                "plain@example.net 5.0.0 smtp; 553 Not here",
            ],
            Groups(report).Skip(1)
                .Select(group => $"{Recipient(group)} {Field(group, "Status")} {Field(group, "Diagnostic-Code")}"));
        Assert.Equal("[127.0.0.1]", Field(Groups(report)[1], "Remote-MTA")["dns; ".Length..]);
        Assert.DoesNotContain("good@example.com", report.Body.Parts[0].Text!, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Words_of_any_script_come_through_seven_bits()
    {
        const string Subject = "日本語の件名、とても長いので折り返されるはずです。絵文字👩‍👩‍👧‍👦も含めて。";
        const string Said = "宛先のユーザーは存在しません 👻";
        var (report, _) = await ReportAsync(Draft with { Subject = Subject }, _ => Reply(550, $"5.1.1 {Said}"));

        Assert.False(report.EightBit);
        Assert.Contains($"Subject: {Subject}\n", report.Body.Parts[0].Text!, StringComparison.Ordinal);
        Assert.Contains($"550 5.1.1 {Said}\n", report.Body.Parts[0].Text!, StringComparison.Ordinal);
        Assert.Matches("^smtp; 550 5\\.1\\.1 [?]+ [?]$", Field(Groups(report)[1], "Diagnostic-Code"));
        Assert.Equal(Subject, (await OriginalAsync(report)).Subject);
    }

    [SkippableFact]
    public async Task Long_answers_are_folded_and_read_back_whole()
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 12).Select(n => string.Create(
                CultureInfo.InvariantCulture,
                $"5.7.1 Line {n}: {string.Concat(Enumerable.Repeat("policy ", 30))}end.")),
        ];
        var word = new string('w', 1500);
        var replies = new Dictionary<string, SmtpReply>
        {
            ["lines@example.com"] = new(550, new EnhancedStatusCode(5, 7, 1), lines),
            ["word@example.com"] = Reply(550, $"5.7.1 {word} end"),
        };
        var (report, _) = await ReportAsync(
            Draft with { To = Mailbox.ParseList("lines@example.com, word@example.com") },
            address => replies[address.ToString()]);

        Assert.InRange(report.LongestLine, 78, 998);
        Assert.Equal($"smtp; 550 {string.Join(' ', lines)}", Field(Groups(report)[1], "Diagnostic-Code"));
        var broken = Field(Groups(report)[2], "Diagnostic-Code");
        Assert.Equal($"smtp;5505.7.1{word}end", broken.Replace(" ", "", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Of_a_large_message_comes_back_its_header()
    {
        var to = Mailbox.ParseList(string.Join(
            ", ", Enumerable.Range(0, 400).Select(n => $"recipient.with.a.long.name.{n}@department-{n}.example.com")));
        var draft = Draft with
        {
            To = to,
            Attachments = [AttachmentSource.FromMemory(new byte[10_000_000], "zeros.bin")],
        };
        var (report, received) = await ReportAsync(
            draft, address => address == to[7].Address ? Reply(550, Unknown) : null);

        Assert.InRange(received.Size, 10_000, 100_000);
        var original = await OriginalAsync(report);
        Assert.Equal("Report", original.Subject);
        Assert.Equal(to.Select(mailbox => mailbox.Address.ToString()), original.To!.Select(address => address.Address));
        Assert.Equal(original.MessageId, report.Body.Field("References").Single().Trim('<', '>'));
    }

    [SkippableFact]
    public async Task Of_a_header_that_is_too_large_the_whole_fields_come_back()
    {
        var headers = Enumerable.Range(0, 100).Select(n => new MessageHeader(
            string.Create(CultureInfo.InvariantCulture, $"X-Part-{n}"),
            string.Concat(Enumerable.Repeat("word ", 300)) + "end"));
        var (report, received) = await ReportAsync(Draft with { Headers = [.. headers] }, _ => Reply(550, Unknown));

        Assert.InRange(received.Size, 30_000, 100_000);
        var fields = (await OriginalAsync(report)).Body.Fields
            .Where(field => field[0].StartsWith("X-Part", StringComparison.Ordinal));
        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.EndsWith("word end", field[1], StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task International_addresses_are_written_so_that_they_read_back()
    {
        var (report, _) = await ReportAsync(
            Draft with
            {
                From = new Mailbox("Jörg", EmailAddress.Parse("sender@example.com")),
                To = Mailbox.ParseList("用户+x@例え.jp, anna@bücher.example, \"a  b\"@example.com"),
            },
            _ => Reply(550, Unknown));

        Assert.False(report.EightBit);
        var groups = Groups(report);
        Assert.Equal(@"utf-8; \x{7528}\x{6237}\x{2B}x@xn--r8jz45g.jp", Field(groups[1], "Final-Recipient"));
        Assert.Equal("rfc822; anna@xn--bcher-kva.example", Field(groups[2], "Final-Recipient"));
        Assert.Equal("rfc822; \"a  b\"@example.com", Field(groups[3], "Final-Recipient"));
        Assert.Contains("用户+x@例え.jp\n", report.Body.Parts[0].Text!, StringComparison.Ordinal);

        // The message went out with its header in UTF-8, as such an address wants it; the report does not.
        Assert.Equal("quoted-printable", report.Body.Parts[2].Encoding);
        var original = await OriginalAsync(report);
        Assert.Equal("Jörg", Assert.Single(original.From!).DisplayName);
        Assert.Contains("用户+x", original.To![0].Address, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_sender_with_an_international_address_gets_it_in_utf8()
    {
        var (report, received) = await ReportAsync(
            Draft with { From = Mailbox.Parse("jörg@example.com") }, _ => Reply(550, Unknown));

        Assert.True(received.Mail.UsesUtf8);
        Assert.Null(received.Envelope.ReversePath);
        Assert.Equal("jörg@example.com", Assert.Single(report.To!).Address);
        Assert.Equal("anna@example.com", Recipient(Groups(report)[1]));
    }

    private static SmtpReply Reply(int code, string text) => new(code, null, [text]);

    private static string Field(JudgedPart group, string name) => Assert.Single(group.Field(name));

    private static string Recipient(JudgedPart group)
    {
        var value = Field(group, "Final-Recipient");
        Assert.StartsWith("rfc822; ", value, StringComparison.Ordinal);
        return value["rfc822; ".Length..];
    }

    private static IReadOnlyList<JudgedPart> Groups(JudgedMessage report) => report.Body.Parts[1].Parts;

    /// <summary>What comes back of the message that failed, read as a message.</summary>
    private static async Task<JudgedMessage> OriginalAsync(JudgedMessage report)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, report.Body.Parts[2].Text!.ReplaceLineEndings("\r\n") + "\r\n");
            return (await Judge.ReadAsync([file])).Single();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(JudgedMessage Report, ReceivedMessage Received)> ReportAsync(
        MessageDraft draft, Func<EmailAddress, SmtpReply?> refuse)
    {
        ExternalTool.Python.Require();
        await using var server = await SmtpTestServer.StartAsync(new() { Policy = new Refusals(refuse) });
        await using var queue = await ReportingQueue.OpenAsync();
        await queue.SendAsync(draft, "127.0.0.1", server.Port);
        var received = Assert.Single(server.Messages, message => message.Envelope.ReversePath is null);
        var file = Path.Combine(queue.Directory.Path, "report.eml");
        await File.WriteAllBytesAsync(file, received.Content.ToArray());
        var report = (await Judge.ReadAsync([file])).Single();
        AssertWellFormed(report);
        return (report, received);
    }

    /// <summary>What holds for every report (RFC 6522 §3, RFC 3464 §2.2 and §2.3, RFC 3834 §3.1.7).</summary>
    private static void AssertWellFormed(JudgedMessage report)
    {

        // Python knows RFC 6532, but not that it allows these local parts.
        Assert.All(report.Defects, defect => Assert.Contains("NonASCIILocalPart", defect, StringComparison.Ordinal));
        Assert.Equal(report.EightBitHead, report.Defects.Any());
        Assert.Equal(0, report.BareCarriageReturns);
        Assert.InRange(report.LongestLine, 1, 998);
        Assert.Equal("multipart/report", report.Body.Type);
        Assert.Equal("delivery-status", report.Body.Parameters["report-type"]);
        Assert.Equal("auto-replied", Assert.Single(report.Body.Field("Auto-Submitted")));
        Assert.Equal("postmaster@relay.example.com", Assert.Single(report.From!).Address);
        Assert.NotNull(report.Date);
        Assert.NotNull(report.MessageId);
        Assert.Equal(
            ["text/plain", "message/delivery-status", "text/rfc822-headers"],
            report.Body.Parts.Select(part => part.Type));
        Assert.Equal("7bit", report.Body.Parts[1].Encoding);
        var groups = Groups(report);
        Assert.Equal("dns; relay.example.com", Field(groups[0], "Reporting-MTA"));
        Assert.Single(groups[0].Field("Arrival-Date"));
        Assert.Empty(groups[0].Field("Final-Recipient"));
        Assert.True(groups.Count > 1);
        foreach (var group in groups.Skip(1))
        {
            Assert.Equal("failed", Field(group, "Action"));
            Assert.Matches(@"^5\.\d{1,3}\.\d{1,3}$", Field(group, "Status"));
            Assert.Single(group.Field("Final-Recipient"));
            Assert.Single(group.Field("Diagnostic-Code"));
            Assert.True(DateTimeOffset.TryParse(
                Field(group, "Last-Attempt-Date"), CultureInfo.InvariantCulture, out _));
            Assert.True(Ascii.IsValid(string.Concat(group.Fields.SelectMany(field => field))));
        }
    }
}
