using System.Text;
using MailAdmin.Mime;
using MailAdmin.Server;

namespace MailAdmin.Cli.Tests.Sending;

/// <summary>Whole messages: from standard input as sendmail takes them, and from files.</summary>
public sealed class SendmailTests : IAsyncLifetime
{
    private const string Message =
        "From: Anna <anna@example.com>\nTo: bob@example.com\nCc: carol@example.com\nBcc: dan@example.com\n" +
        "Date: Sun, 22 Nov 2026 12:00:00 +0000\nMessage-ID: <one@example.com>\nSubject: Hello\n\nText\n";

    private readonly Cli _cli = new();
    private SmtpTestServer _server = null!;

    public async Task InitializeAsync() => _server = await SmtpTestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Takes_recipients_from_the_headers_and_removes_Bcc()
    {
        Assert.Equal((ExitCode.Ok, ""), (await SendAsync(Message, "-t"), _cli.Output + _cli.Error));

        var message = Assert.Single(_server.Messages);
        Assert.Equal("anna@example.com", message.Envelope.ReversePath!.ToString());
        Assert.Equal(["bob@example.com", "carol@example.com", "dan@example.com"], Recipients(message));
        var text = Encoding.UTF8.GetString(message.Content.Span);
        Assert.DoesNotContain("dan@example.com", text, StringComparison.Ordinal);
        Assert.Equal(
            Message.Replace("Bcc: dan@example.com\n", "", StringComparison.Ordinal).Replace(
                "\n", "\r\n", StringComparison.Ordinal),
            text);
    }

    [Fact]
    public async Task Takes_recipients_from_the_command_line()
    {
        Assert.Equal(
            ExitCode.Ok,
            await SendAsync(Message, "-f", "bounce@example.com", "--", "eve@example.com", "frank@example.com"));

        var message = Assert.Single(_server.Messages);
        Assert.Equal("bounce@example.com", message.Envelope.ReversePath!.ToString());
        Assert.Equal(["eve@example.com", "frank@example.com"], Recipients(message));
    }

    [Fact]
    public async Task With_both_everyone_gets_it_once()
    {
        Assert.Equal(ExitCode.Ok, await SendAsync(Message, "-t", "bob@example.com", "eve@example.com"));

        Assert.Equal(
            ["bob@example.com", "carol@example.com", "dan@example.com", "eve@example.com"],
            Recipients(Assert.Single(_server.Messages)).Order());
    }

    [Theory]
    [InlineData("-ti")]
    [InlineData("-t", "-oi")]
    [InlineData("-i", "-t", "-fanna@example.com")]
    [InlineData("-bm", "-oi", "-oem", "-t")]
    public async Task Takes_the_options_as_programs_write_them(params string[] options)
    {
        var message = Message + ".\nbehind the dot\n";

        Assert.Equal((ExitCode.Ok, ""), (await SendAsync(message, options), _cli.Error));

        Assert.Contains(
            "behind the dot",
            Encoding.UTF8.GetString(Assert.Single(_server.Messages).Content.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lone_dot_ends_it_without_i()
    {
        Assert.Equal(ExitCode.Ok, await SendAsync(Message + ".\nbehind the dot\n", "-t"));

        Assert.EndsWith(
            "\r\n\r\nText\r\n",
            Encoding.UTF8.GetString(Assert.Single(_server.Messages).Content.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_the_headers_that_a_script_leaves_out()
    {
        Assert.Equal(
            ExitCode.Ok,
            await SendAsync(
                "To: bob@example.com\nSubject: Hi\n\nText\n",
                "-t", "-f", "job@example.com", "-F", "Nächtlicher Job"));

        var outline = MessageOutline.Read(Assert.Single(_server.Messages).Content);
        Assert.Equal("Nächtlicher Job <job@example.com>", outline["From"]);
        Assert.EndsWith("@example.com>", outline["Message-ID"], StringComparison.Ordinal);
        Assert.NotNull(outline["Date"]);
        Assert.Equal("Hi", outline["Subject"]);
    }

    [Theory]
    [InlineData("Just a text\n", "Just a text\r\n")]
    [InlineData("From bob Sun Nov 22 12:00:00 2026\nSubject: x\n\nText\n", "Text\r\n")]
    [InlineData("", "")]
    public async Task Takes_what_has_no_header_of_its_own(string message, string body)
    {
        Assert.Equal((ExitCode.Ok, ""), (await SendAsync(message, "-i", "eve@example.com"), _cli.Error));

        var content = Assert.Single(_server.Messages).Content;
        Assert.Equal("robot@host.example.com", MessageOutline.Read(content)["From"]);
        Assert.EndsWith($"\r\n\r\n{body}", Encoding.UTF8.GetString(content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_long_message_without_a_header()
    {
        var message = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"line {number}\n"));

        Assert.Equal(ExitCode.Ok, await SendAsync(message, "eve@example.com"));

        var text = Encoding.UTF8.GetString(Assert.Single(_server.Messages).Content.Span);
        Assert.EndsWith(
            "\r\n\r\n" + message.Replace("\n", "\r\n", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_any_recipient_is_a_data_error() =>
        Assert.Equal(ExitCode.DataError, await SendAsync("From: a@example.com\nSubject: Hi\n\nText\n", "-t"));

    [Fact]
    public async Task Refused_recipients_are_said_on_standard_error()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt:2=550 5.1.1 No such user") });

        Assert.Equal(
            ExitCode.NoUser,
            await _cli.RunWithInputAsync(Message, "send", "--server", $"127.0.0.1:{server.Endpoint.Port}", "-t"));

        Assert.Equal("mailadmin: refused: carol@example.com: 550 5.1.1 No such user", _cli.Error.TrimEnd());
        Assert.Empty(_cli.Output);
    }

    [Fact]
    public async Task Sends_an_eml_file_as_it_is()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Message);

            Assert.Equal(
                ExitCode.Ok,
                await _cli.RunAsync("send", "--server", $"127.0.0.1:{_server.Endpoint.Port}", "--eml", path));

            Assert.Equal(
                ["bob@example.com", "carol@example.com", "dan@example.com"],
                Recipients(Assert.Single(_server.Messages)));
            Assert.Contains("Sent to 3 recipients", _cli.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_missing_eml_file_is_named()
    {
        Assert.Equal(ExitCode.NoInput, await _cli.RunAsync("send", "--server", "127.0.0.1:1", "--eml", "/no/such.eml"));

        Assert.Contains("/no/such.eml", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_unless_it_may_be_encoded_anew()
    {
        var message = Message + new string('x', 2000) + "\n";

        Assert.Equal(ExitCode.DataError, await SendAsync(message, "-t"));
        Assert.Empty(_server.Messages);
        Assert.Equal(ExitCode.Ok, await SendAsync(message, "-t", "--reencode"));
        Assert.Single(_server.Messages);
    }

    private static IEnumerable<string> Recipients(ReceivedMessage message) =>
        message.Envelope.Recipients.Select(recipient => recipient.Address.ToString());

    private Task<ExitCode> SendAsync(string message, params string[] options) =>
        _cli.RunWithInputAsync(message, ["send", "--server", $"127.0.0.1:{_server.Endpoint.Port}", .. options]);
}
