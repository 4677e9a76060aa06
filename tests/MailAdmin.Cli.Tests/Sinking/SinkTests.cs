using System.Net;
using System.Text.RegularExpressions;

namespace MailAdmin.Cli.Tests.Sinking;

public sealed partial class SinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly Cli _sink = new();
    private readonly Cli _client = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Says_what_arrives_and_stops_after_the_count()
    {
        var (sink, port) = await StartAsync("--count", "2");

        await SendAsync(port, "--subject", "Erste Übersicht");
        await SendAsync(port, "--subject", "Zweite", "-f", "<>");

        Assert.Equal(ExitCode.Ok, await sink);
        var lines = _sink.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(
            @"^\d\d:\d\d:\d\d  a@example\.com -> b@example\.com, c@example\.com  \d+ octets  Erste Übersicht",
            lines[0]);
        Assert.Contains("<> -> ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_an_object_for_each_message_with_json()
    {
        var (sink, port) = await StartAsync("--count", "1", "--json");

        await SendAsync(port, "--subject", "売上", "--message-id", "m@example.com");
        await sink;

        var json = _sink.Json();
        Assert.Equal(
            [
                "id", "receivedAt", "from", "recipients", "subject", "messageId", "size", "client", "tlsProtocol",
                "user", "path",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("売上", json.GetProperty("subject").GetString());
        Assert.Equal("m@example.com", json.GetProperty("messageId").GetString());
        Assert.Equal(2, json.GetProperty("recipients").GetArrayLength());
    }

    [Fact]
    public async Task Keeps_messages_in_a_folder()
    {
        var folder = Path.Combine(_folder, "received");
        var (sink, port) = await StartAsync("--count", "1", "--folder", folder);

        await SendAsync(port, "--subject", "Kept");
        await sink;

        var content = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder, "*.eml")));
        Assert.Contains("Subject: Kept", content, StringComparison.Ordinal);
        Assert.Contains(".eml", _sink.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tls", "starttls")]
    [InlineData("--implicit-tls", "implicit")]
    public async Task Speaks_TLS_and_demands_a_login(string option, string security)
    {
        var certificate = Path.Combine(_folder, "sink.pem");
        _sink.Environment["P"] = _client.Environment["P"] = "hunter2";
        var (sink, port) = await StartAsync(
            "--count", "1", option, "--write-cert", certificate, "--user", "anna", "--password-env", "P");

        string[] verified = ["--security", security, "--ca-file", certificate];
        Assert.NotEqual(ExitCode.Ok, await _client.RunAsync(Send(port, verified)));
        Assert.Equal(
            ExitCode.Ok,
            await _client.RunAsync(Send(port, [.. verified, "--user", "anna", "--password-env", "P"])));

        Assert.Equal(ExitCode.Ok, await sink);
        Assert.DoesNotContain(
            "hunter2", _sink.Output + _sink.Error + _client.Output + _client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_the_faults_that_are_asked_for_and_keeps_to_its_size()
    {
        var (sink, port) = await StartAsync(
            "--count", "1", "--fault", "rcpt:2=550 5.1.1 No such user", "--max-size", "2k");

        Assert.Equal(
            ExitCode.Unavailable,
            await _client.RunAsync(Send(
                port, "--header", $"X-Long: {new string('x', 900)}", "--subject", new string('y', 2000))));
        Assert.Equal(ExitCode.NoUser, await _client.RunAsync(Send(port, "--subject", "Part")));

        Assert.Equal(ExitCode.Ok, await sink);
        Assert.DoesNotContain("c@example.com", _sink.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plays_Exchange_Online_with_an_account_in_trouble()
    {
        var certificate = Path.Combine(_folder, "sink.pem");
        _sink.Environment["P"] = _client.Environment["P"] = "hunter2";
        var (sink, port) = await StartAsync(
            "--count", "1", "--personality", "exchange-online", "--write-cert", certificate,
            "--account", "full@example.com=mailboxfull", "--user", "a@example.com", "--password-env", "P");
        string[] login = ["--security", "starttls", "--ca-file", certificate, "--password-env", "P", "--user"];

        Assert.NotEqual(
            ExitCode.Ok, await _client.RunAsync(Send(port, [.. login, "full@example.com", "-f", "full@example.com"])));
        Assert.Contains("554 5.2.2 mailbox full", _client.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _client.RunAsync(Send(port, [.. login, "a@example.com"])));

        Assert.Equal(ExitCode.Ok, await sink);
    }

    [Fact]
    public async Task Plays_an_MX_endpoint()
    {
        var (sink, port) = await StartAsync(
            "--count", "1", "--personality", "mx", "--accepted-domain", "example.com", "--mailbox", "b@example.com",
            "--connector", "192.0.2.0/24");

        Assert.Equal(ExitCode.NoUser, await _client.RunAsync(Send(port, "--security", "none")));

        Assert.Contains("c@example.com", _client.Output + _client.Error, StringComparison.Ordinal);
        Assert.Contains("5.1.10", _client.Output + _client.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await sink);
    }

    [Fact]
    public async Task Ctrl_C_is_its_ordinary_end()
    {
        using var ctrlC = new CancellationTokenSource();
        var sink = _sink.RunWithInputAsync([], ctrlC.Token, "sink", "--port", "0");
        await PortAsync();

        await ctrlC.CancelAsync();

        Assert.Equal(ExitCode.Ok, await sink);
    }

    [Theory]
    [InlineData("--port", "99999")]
    [InlineData("--listen", "everywhere")]
    [InlineData("--tls", "--implicit-tls")]
    [InlineData("--write-cert", "c.pem")]
    [InlineData("--user", "anna")]
    [InlineData("--password-env", "P")]
    [InlineData("--password", "hunter2")]
    [InlineData("--max-size", "big")]
    [InlineData("--count", "0")]
    [InlineData("--personality", "exchange")]
    [InlineData("--personality", "hve", "--account", "a@example.com=Sleepy")]
    [InlineData("surplus")]
    public async Task Unusable_options_are_usage_errors(params string[] options)
    {
        _sink.Environment["P"] = "x";

        Assert.Equal(ExitCode.Usage, await _sink.RunAsync(["sink", .. options]));
        Assert.DoesNotContain("hunter2", _sink.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_is_none_is_a_data_error() =>
        Assert.Equal(ExitCode.DataError, await _sink.RunAsync("sink", "--port", "0", "--fault", "lunch=550 no"));

    [Theory]
    [InlineData("--personality", "hve")]
    [InlineData("--personality", "hve", "--account", "a@example.com", "--implicit-tls")]
    [InlineData("--personality", "mx", "--accepted-domain", "a b")]
    [InlineData("--personality", "mx", "--accepted-domain", "example.com", "--connector", "nowhere")]
    [InlineData("--accepted-domain", "example.com")]
    public async Task A_personality_that_does_not_fit_is_a_data_error(params string[] options) =>
        Assert.Equal(ExitCode.DataError, await _sink.RunAsync(["sink", "--port", "0", .. options]));

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Equal(ExitCode.Unavailable, await _sink.RunAsync("sink", "--listen", "127.0.0.1", "--port", $"{port}"));
        Assert.Contains($"{port}", _sink.Error, StringComparison.Ordinal);
    }

    private static string[] Send(string port, params string[] options) =>
    [
        "send", "--server", $"localhost:{port}", "--from", "a@example.com",
        "--to", "b@example.com,c@example.com", "--text", "x", .. options,
    ];

    private async Task SendAsync(string port, params string[] options) =>
        Assert.Equal((ExitCode.Ok, ""), (await _client.RunAsync(Send(port, options)), _client.Error));

    private async Task<(Task<ExitCode> Sink, string Port)> StartAsync(params string[] options)
    {
        var sink = _sink.RunAsync(["sink", "--port", "0", .. options]);
        return (sink, await PortAsync());
    }

    private async Task<string> PortAsync()
    {
        for (var waited = 0; waited < 600; waited++)
        {
            if (Listening().Match(_sink.Error) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The sink does not listen: {_sink.Error}");
    }

    [GeneratedRegex(@"listening at \S+:(\d+)\s")]
    private static partial Regex Listening();
}
