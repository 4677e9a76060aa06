using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime.Eml;

public sealed class EmlMessageTests
{
    private const string Plain =
        "From: Anna <a@x.test>\nTo: b@x.test\nMessage-ID: <1@x.test>\nSubject: =?utf-8?Q?=C3=A4?=\n\nHi\n";

    [Fact]
    public async Task Goes_out_octet_for_octet()
    {
        var octets = EmlFixture.Octets(Plain + "..\n.\n\n trailing \t\n");
        Assert.Equal(Encoding.Latin1.GetString(octets), await EmlFixture.SendAsync(octets));
    }

    [Fact]
    public async Task Shows_its_headers_decoded()
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets(Plain));
        Assert.Equal("1@x.test", message.MessageId);
        Assert.Equal("ä", message["subject"]);
        Assert.Null(message["Date"]);
    }

    [Theory]
    [InlineData("From: a@x.test\nBcc: b@x.test,\n c@x.test\nSubject: s\n\nHi\n", "From: a@x.test\nSubject: s\n\nHi\n")]
    [InlineData("Bcc: b@x.test\nFrom: a@x.test\n\n", "From: a@x.test\n\n")]
    [InlineData("From: a@x.test\nresent-bcc: b@x.test\n\nBcc: in the text\n", "From: a@x.test\n\nBcc: in the text\n")]
    [InlineData("From: a@x.test\nBcc: b@x.test", "From: a@x.test\n\n")]
    [InlineData("From: a@x.test\n\nno end", "From: a@x.test\n\nno end\n")]
    [InlineData("From: a@x.test\n", "From: a@x.test\n\n")]
    [InlineData("From: a@x.test", "From: a@x.test\n\n")]
    [InlineData("From b@x.test Mon Jan  1 00:00:00 2026\nFrom: a@x.test\n\nHi\n", "From: a@x.test\n\nHi\n")]
    [InlineData("\u00EF\u00BB\u00BFFrom: a@x.test\n\nHi\n", "From: a@x.test\n\nHi\n")]
    public async Task Leaves_out_what_must_not_be_sent(string text, string wire) =>
        Assert.Equal(
            wire.Replace("\n", "\r\n", StringComparison.Ordinal), await EmlFixture.SendAsync(EmlFixture.Octets(text)));

    [Theory]
    [InlineData("From: a@x.test\n\na\nb\n")]
    [InlineData("From: a@x.test\r\ra\rb\r")]
    [InlineData("From: a@x.test\n\ra\r\nb\r")]
    [InlineData("From: a@x.test\r\n\na\nb")]
    public async Task Makes_all_line_ends_crlf(string text) =>
        Assert.Equal("From: a@x.test\r\n\r\na\r\nb\r\n", await EmlFixture.SendAsync(Encoding.Latin1.GetBytes(text)));

    [Theory]
    [InlineData("h=From:To", "a\r\n", 0)]
    [InlineData("h=from : BCC :to", "a\r\n", 1)]
    [InlineData("h=From", "a\rb\r\n", 1)]
    [InlineData("h=From", "a\nb\r\n", 1)]
    [InlineData("h=From", "a\n", 0)]
    public async Task Warns_when_a_change_breaks_a_dkim_signature(string tag, string body, int warnings)
    {
        var octets = Encoding.Latin1.GetBytes(
            $"DKIM-Signature: v=1; d=x.test;\r\n {tag}; b=abc\r\nFrom: a@x.test\r\nBcc: b@x.test\r\n\r\n{body}");
        await using var message = await EmlFixture.OpenAsync(octets);
        Assert.Equal(warnings, message.Warnings.Count);
    }

    [Theory]
    [InlineData("", "NotAMessage")]
    [InlineData("just text\nFrom: a@x.test\n\n", "NotAMessage")]
    [InlineData("\n\nHi", "NotAMessage")]
    [InlineData("From: a@x.test\nnothing\n\nHi", "InvalidMessageHeader")]
    [InlineData("From: a@x.test\nB cc: b@x.test\n\nHi", "InvalidMessageHeader")]
    public async Task Refuses_what_is_no_message(string text, string errorId)
    {
        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await EmlFixture.OpenAsync(EmlFixture.Octets(text)));
        Assert.Equal(errorId, fault.ErrorId);
    }

    [Theory]
    [InlineData("From: a@x.test\n\n1\n2\n{0}\n", "MessageLineTooLong", "Line 5 ")]
    [InlineData("From: a@x.test\nSubject: {0}\n\n1\n", "MessageLineTooLong", "Line 2 ")]
    [InlineData("From: a@x.test\n\n1\n\u00E4\n", "MessageNeeds8BitMime", "Line 4 ")]
    [InlineData("From: a@x.test\nTo: b@x.test\nSubject: \u00E4\n\n1\n", "MessageNeedsSmtpUtf8", "line 3 ")]
    [InlineData("From: a@x.test\n\n1\0\n", "MessageHasNul", "Line 3 ")]
    public async Task Refuses_by_line_number_what_cannot_go_out_as_it_is(string text, string errorId, string line)
    {
        var octets = EmlFixture.Octets(text.Replace("{0}", new string('x', 999), StringComparison.Ordinal));
        var fault = await EmlFixture.RefusedAsync(octets);
        Assert.Equal(errorId, fault.ErrorId);
        Assert.Contains(line, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_headers_are_no_obstacle()
    {
        var octets = EmlFixture.Octets($"From: a@x.test\nBcc: \u00E4 {new string('x', 999)}@x.test\n\n1\n");
        Assert.Equal("From: a@x.test\r\n\r\n1\r\n", await EmlFixture.SendAsync(octets));
    }

    [Fact]
    public async Task Eight_bit_text_goes_to_a_server_that_takes_it()
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets("From: a@x.test\n\n\u00E4\n"));
        await using var prepared = await message.PrepareAsync(new WireFormat(true, false), CancellationToken.None);
        Assert.True(prepared.IsEightBit);
        Assert.False(prepared.UsesUtf8Headers);
    }

    [Fact]
    public async Task Utf8_headers_go_to_a_server_that_takes_them()
    {
        await using var message = await EmlFixture.OpenAsync("From: a@x.test\r\nSubject: ä\r\n\r\n"u8.ToArray());
        await using var prepared = await message.PrepareAsync(new WireFormat(false, true), CancellationToken.None);
        Assert.True(prepared.UsesUtf8Headers);
    }

    [Fact]
    public async Task The_envelope_comes_from_the_headers()
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets(
            "From: A <a@x.test>, c@x.test\nTo: =?utf-8?Q?=C3=A4?= <b@x.test>, group: c@x.test;\n" +
            "Cc: B@x.test, b@x.test\nBcc: d@x.test\n\n"));
        var envelope = message.ToEnvelope();
        Assert.Equal("a@x.test", envelope.ReversePath?.ToString());
        Assert.Equal(
            ["b@x.test", "c@x.test", "B@x.test", "d@x.test"], envelope.Recipients.Select(r => r.Address.ToString()));
    }

    [Fact]
    public async Task The_envelope_of_a_resent_message_comes_from_the_newest_block()
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets(
            "Resent-From: r2@x.test\nResent-To: t2@x.test\nResent-Bcc: u2@x.test\n" +
            "Resent-From: r1@x.test\nResent-To: t1@x.test\n" +
            "From: a@x.test\nTo: b@x.test\n\n"));
        var envelope = message.ToEnvelope();
        Assert.Equal("r2@x.test", envelope.ReversePath?.ToString());
        Assert.Equal(["t2@x.test", "u2@x.test"], envelope.Recipients.Select(r => r.Address.ToString()));
    }

    [Fact]
    public async Task What_is_passed_wins_over_the_headers()
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets("From: nonsense\nTo: nonsense\n\n"));
        var envelope = message.ToEnvelope(EmailAddress.Parse("s@x.test"), [EmailAddress.Parse("r@x.test")]);
        Assert.Equal("s@x.test", envelope.ReversePath?.ToString());
        Assert.Throws<AddressFormatException>(() => message.ToEnvelope());
    }

    [Theory]
    [InlineData("To: b@x.test\n\n", "NoSender")]
    [InlineData("From: a@x.test\nTo: undisclosed-recipients:;\n\n", "NoRecipient")]
    public async Task An_envelope_needs_a_sender_and_a_recipient(string text, string errorId)
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets(text));
        Assert.Equal(errorId, Assert.Throws<MessageException>(() => message.ToEnvelope()).ErrorId);
    }

    [Fact]
    public async Task A_file_that_changes_is_noticed()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "From: a@x.test\r\n\r\nHi\r\n");
            await using var message = await EmlMessage.OpenAsync(path);
            await using var prepared = await message.PrepareAsync(default, CancellationToken.None);
            await File.AppendAllTextAsync(path, "more\r\n");

            var late = await Assert.ThrowsAsync<MessageException>(
                async () => await message.PrepareAsync(default, CancellationToken.None));
            await File.WriteAllTextAsync(path, "From: a@x.test\r\n\r\n");
            var during = await Assert.ThrowsAsync<MessageException>(
                async () => await prepared.WriteToAsync(Stream.Null, CancellationToken.None));

            Assert.Equal("MessageFileChanged", late.ErrorId);
            Assert.Equal("MessageFileChanged", during.ErrorId);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_missing_file_is_a_clear_error()
    {
        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await EmlMessage.OpenAsync(Path.Combine(Path.GetTempPath(), "no such file.eml")));
        Assert.Equal("MessageFileNotFound", fault.ErrorId);
    }

    [Fact]
    public async Task A_large_stream_is_spooled_and_the_file_deleted()
    {
        var octets = EmlFixture.Octets("From: a@x.test\n\n" + string.Concat(Enumerable.Repeat("0123456789\n", 50_000)));
        string[] spooled;
        await using (var message = await EmlFixture.OpenAsync(octets))
        {
            Assert.Equal(octets, await Composed.OctetsAsync(message));
            Assert.Equal(octets, await Composed.OctetsAsync(message));
            spooled = SpoolFiles(octets.Length);
            Assert.NotEmpty(spooled);
            if (!OperatingSystem.IsWindows())
            {
                foreach (var file in spooled)
                {
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
                }
            }
        }

        Assert.DoesNotContain(spooled, File.Exists);
    }

    private static string[] SpoolFiles(long length) =>
        Directory.GetFiles(Path.GetTempPath(), "mailadmin-*.eml").Where(f => new FileInfo(f).Length == length)
            .ToArray();
}
