namespace MailAdmin.Cli.Tests.Sending;

/// <summary>Command lines that cannot be understood: nothing is connected to, the answer says what to change.</summary>
public sealed class SendUsageTests
{
    private static readonly string[] Message =
        ["--from", "a@example.com", "--to", "b@example.com", "--subject", "x", "--text", "y"];

    [Theory]
    [InlineData("--server")]
    [InlineData("--server", "mail.example.com:0")]
    [InlineData("--server", "mail example")]
    [InlineData("--server", "mail.example.com:25", "--port", "25")]
    [InlineData("--server", "mail.example.com", "--port", "smtp")]
    [InlineData("--server", "mail.example.com", "--security", "maybe")]
    [InlineData("--server", "mail.example.com", "--timeout", "0")]
    [InlineData("--server", "mail.example.com", "--timeout", "soon")]
    [InlineData("--server", "mail.example.com", "-4", "-6")]
    [InlineData("--server", "mail.example.com", "-4", "--address-family", "ipv6")]
    [InlineData("--server", "mail.example.com", "--source-address", "eth0")]
    [InlineData("--server", "mail.example.com", "--proxy", "ftp://proxy")]
    [InlineData("--server", "mail.example.com", "--client-key", "key.pem")]
    [InlineData("--server", "mail.example.com", "--mechanism", "PLAIN")]
    [InlineData("--server", "mail.example.com", "--user", "anna")]
    [InlineData("--server", "mail.example.com", "--integrated", "--user", "anna")]
    [InlineData("--server", "mail.example.com", "--batch-size", "0")]
    [InlineData("--server", "mail.example.com", "--notify", "always")]
    [InlineData("--server", "mail.example.com", "--notify", "never,failure")]
    [InlineData("--server", "mail.example.com", "--ret", "half")]
    [InlineData("--server", "mail.example.com", "--priority", "urgent")]
    [InlineData("--server", "mail.example.com", "--inline", "logo.png")]
    [InlineData("--server", "mail.example.com", "--header", "X-Test")]
    [InlineData("--server", "mail.example.com", "--text-file", "-")]
    [InlineData("--server", "mail.example.com", "-t")]
    [InlineData("--server", "mail.example.com", "--eml", "message.eml")]
    [InlineData("--server", "mail.example.com", "c@example.com")]
    [InlineData("--server", "mail.example.com", "--no-such-option")]
    [InlineData("--server", "mail.example.com", "--dkim-domain", "example.com")]
    [InlineData("--server", "mail.example.com", "--dkim-key", "key.pem")]
    public async Task Contradictions_and_unusable_values_are_usage_errors(params string[] options)
    {
        var cli = new Cli();

        Assert.Equal(ExitCode.Usage, await cli.RunAsync(["send", .. Message, .. options]));

        Assert.StartsWith("mailadmin: ", cli.Error, StringComparison.Ordinal);
        Assert.Equal(2, cli.Error.TrimEnd().Split('\n').Length);
        Assert.Empty(cli.Output);
    }

    [Fact]
    public async Task No_server_is_a_usage_error()
    {
        var cli = new Cli();

        Assert.Equal(ExitCode.Usage, await cli.RunAsync(["send", .. Message]));

        Assert.Contains("--server", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--password")]
    [InlineData("--token")]
    [InlineData("--client-cert-password")]
    public async Task A_secret_as_an_argument_is_refused_and_not_repeated(string option)
    {
        var cli = new Cli();

        Assert.Equal(
            ExitCode.Usage,
            await cli.RunAsync(
                ["send", .. Message, "--server", "mail.example.com", "--user", "anna", option, "hunter2"]));

        Assert.Contains($"{option}-file", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_at_a_proxy_is_no_argument_either()
    {
        var cli = new Cli();

        Assert.Equal(
            ExitCode.Usage,
            await cli.RunAsync(
                ["send", .. Message, "--server", "mail.example.com", "--proxy", "socks5://u:hunter2@proxy:1080"]));

        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_usage_error_is_an_object_with_json()
    {
        var cli = new Cli();

        await cli.RunAsync(["send", .. Message, "--json"]);

        var json = cli.Json();
        Assert.Equal("Failed", json.GetProperty("status").GetString());
        Assert.Equal(64, json.GetProperty("exitCode").GetInt32());
        Assert.Equal("InvalidCommandLine", json.GetProperty("error").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("--from", "anna")]
    [InlineData("--to", "b@example.com, c")]
    [InlineData("--to", "b@example.com\r\nRCPT TO:<c@example.com>")]
    [InlineData("--subject", "x\r\nBcc: c@example.com")]
    [InlineData("--header", "X-Test: a\nBcc: c@example.com")]
    [InlineData("--header", "X Test: a")]
    [InlineData("--message-id", "a b")]
    public async Task Unusable_content_is_a_data_error(string option, string value)
    {
        var cli = new Cli();
        var rest = Message.Chunk(2).Where(pair => pair[0] != option).SelectMany(pair => pair);

        Assert.Equal(
            ExitCode.DataError, await cli.RunAsync(["send", "--server", "127.0.0.1:1", .. rest, option, value]));
    }

    [Theory]
    [InlineData("--from", "a@example.com")]
    [InlineData("--to", "a@example.com")]
    public async Task A_message_needs_sender_and_recipient(string option, string value)
    {
        var cli = new Cli();

        Assert.Equal(
            ExitCode.DataError, await cli.RunAsync("send", "--server", "127.0.0.1:1", option, value, "--text", "x"));
    }

    [Theory]
    [InlineData("--text-file")]
    [InlineData("--password-file")]
    [InlineData("--client-cert")]
    [InlineData("--ca-file")]
    [InlineData("--dkim-key")]
    public async Task A_missing_file_is_named(string option)
    {
        var cli = new Cli();
        string[] message = ["--from", "a@example.com", "--to", "b@example.com"];
        string[] login = option switch
        {
            "--password-file" => ["--user", "anna"],
            "--dkim-key" => ["--dkim-selector", "s1"],
            _ => [],
        };

        Assert.Equal(
            ExitCode.NoInput,
            await cli.RunAsync(["send", "--server", "127.0.0.1:1", .. message, .. login, option, "/no/such/file"]));

        Assert.Contains("/no/such/file", cli.Error, StringComparison.Ordinal);
    }
}
