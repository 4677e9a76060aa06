using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MailAdmin.Server;

namespace MailAdmin.Cli.Tests.Probing;

public sealed class TestCommandTests : IDisposable
{
    private const string Secret = "hunter2-hunter2";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly Cli _cli = new() { Environment = { ["MAIL_PASSWORD"] = Secret, ["WRONG"] = "w-r-o-n-g" } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Goes_through_a_login_step_by_step()
    {
        await using var server = await SubmissionAsync();

        var code = await RunAsync("auth", server, "MAIL_PASSWORD", "--from", "scanner@example.com");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        Assert.StartsWith($"127.0.0.1:{server.Port}: passed, ", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  Auth +passed +\d+ ms  \S", _cli.Output);
        Assert.Contains("May send as scanner@example.com: yes", _cli.Output, StringComparison.Ordinal);
        Assert.Equal(0, server.MessageCount);
    }

    [Fact]
    public async Task Names_the_step_that_failed_with_cause_and_remedies()
    {
        await using var server = await SubmissionAsync(
            "auth=535 5.7.139 Authentication unsuccessful, basic authentication is disabled.");

        var code = await RunAsync("auth", server, "WRONG", "--from", "scanner@example.com");

        Assert.Equal(ExitCode.NoPermission, code);
        Assert.Contains(": failed at Auth, ", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  MailFrom +not reached", _cli.Output);
        Assert.Matches(@"\n  1\. ", _cli.Output);
        Assert.DoesNotContain("w-r-o-n-g", _cli.Output + _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_one_object_for_each_server_in_their_order()
    {
        await using var server = await SubmissionAsync(
            "mail=550 5.7.60 SMTP; Client does not have permissions to send as this sender");
        var closed = ClosedPort();

        var code = await _cli.RunAsync(
            "test", "auth", $"127.0.0.1:{closed}", $"127.0.0.1:{server.Port}", "--json", "--insecure", "--security",
            "starttls",
            "--user", "user", "--password-env", "MAIL_PASSWORD", "--from", "boss@example.com");

        var lines = _cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.Equal(["Tcp", "MailFrom"], lines.Select(line => line.GetProperty("failedStage").GetString()));
        Assert.Equal($"127.0.0.1:{closed}", lines[0].GetProperty("server").GetString());
        Assert.False(lines[1].GetProperty("auth").GetProperty("maySendAs").GetBoolean());
        Assert.Equal("5.7.60", lines[1].GetProperty("diagnosis").GetProperty("enhancedCode").GetString());
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("relay").ValueKind);
        Assert.Equal((int)ExitCode.Unavailable, lines[1].GetProperty("exitCode").GetInt32());
        Assert.Equal(ExitCode.Unavailable, code);
    }

    [Fact]
    public async Task Says_what_a_relay_is()
    {
        await using var server = await SmtpTestServer.StartAsync();

        var code = await RelayAsync(server, "--json");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        var relay = _cli.Json().GetProperty("relay");
        Assert.True(relay.GetProperty("isAccepted").GetBoolean());
        Assert.Equal("OnPremises", relay.GetProperty("method").GetString());
        Assert.False(relay.GetProperty("isOpenRelaySuspected").GetBoolean());
        Assert.Equal("IPv4", relay.GetProperty("attempts")[0].GetProperty("ipVersion").GetString());
        Assert.Equal(0, server.MessageCount);
    }

    [Fact]
    public async Task Sends_one_message_when_told()
    {
        await using var server = await SmtpTestServer.StartAsync();

        Assert.Equal(ExitCode.Ok, await RelayAsync(server, "--send-test"));

        Assert.Equal("b@example.net", Assert.Single(server.Messages).Envelope.Recipients[0].Address.ToString());
        Assert.Matches(@"\n  Message +passed", _cli.Output);
    }

    [Theory]
    [InlineData("550 5.7.64 TenantAttribution; Relay Access Denied", ExitCode.Unavailable)]
    [InlineData("550 5.1.1 No such user", ExitCode.NoUser)]
    [InlineData("451 4.7.1 Greylisted", ExitCode.TemporaryFailure)]
    public async Task Ends_with_the_code_of_the_refusal(string reply, object code)
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse([$"rcpt={reply}"]) });

        Assert.Equal(code, await RelayAsync(server));

        Assert.Contains("failed at RcptTo", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("a@example.com to b@example.net: not accepted", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_empty_sender()
    {
        await using var server = await SmtpTestServer.StartAsync();

        var code = await _cli.RunAsync(
            "test", "relay", $"127.0.0.1:{server.Port}", "--from", "<>", "--to", "b@example.net");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("<> to b@example.net: accepted", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_the_versions_of_TLS()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Security = SmtpServerSecurity.StartTls });
        var roots = Path.Combine(_folder, "roots.pem");
        await File.WriteAllTextAsync(roots, server.Certificate!.ExportCertificatePem());

        var code = await _cli.RunAsync(
            "test", "tls", $"localhost:{server.Port}", "--security", "starttls", "--no-ciphers",
            "--ca-file", roots, "--json");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        var tls = _cli.Json().GetProperty("tls");
        Assert.Equal(
            ["TLS 1.2", "TLS 1.3"],
            tls.GetProperty("versions").EnumerateArray()
                .Where(v => v.GetProperty("isSupported").GetBoolean())
                .Select(v => v.GetProperty("name").GetString()));
        Assert.Equal("localhost", tls.GetProperty("certificateNames")[0].GetString());
    }

    [Fact]
    public async Task Earns_the_code_of_a_wrong_set_up_for_a_bad_certificate()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Security = SmtpServerSecurity.StartTls });

        var code = await _cli.RunAsync(
            "test", "tls", $"127.0.0.1:{server.Port}", "--security", "starttls", "--no-ciphers");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("failed at Certificate", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("TLS 1.3: yes", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("TLS 1.0: no", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_the_session_without_the_secret()
    {
        await using var server = await SubmissionAsync();
        var file = Path.Combine(_folder, "session.log");

        await RunAsync("auth", server, "MAIL_PASSWORD", "--mechanism", "PLAIN", "--transcript", file);

        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("AUTH PLAIN", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0user\0{Secret}")),
            text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'mailadmin test --help'", "test")]
    [InlineData("'mailadmin test auth --help'", "test", "auth")]
    [InlineData("--to", "test", "relay", "127.0.0.1", "--from", "a@example.com")]
    [InlineData("given twice", "test", "tls", "127.0.0.1:25", "--port", "587")]
    [InlineData("--user", "test", "tls", "127.0.0.1", "--user", "me")]
    public async Task Refuses_a_command_line_that_says_too_little_or_too_much(string word, params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _cli.RunAsync(arguments));
        Assert.Contains(word, _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_no_address()
    {
        var code = await _cli.RunAsync("test", "relay", "127.0.0.1", "--from", "a b", "--to", "b@example.net");
        Assert.Equal(ExitCode.DataError, code);
    }

    private static Task<SmtpTestServer> SubmissionAsync(params string[] faults) => SmtpTestServer.StartAsync(new()
    {
        Security = SmtpServerSecurity.StartTls,
        RequireTls = true,
        RequireAuthentication = true,
        Users = new Dictionary<string, string> { ["user"] = Secret },
        Faults = FaultScript.Parse(faults),
    });

    private Task<ExitCode> RunAsync(
        string test, SmtpTestServer server, string variable, params string[] options) =>
        _cli.RunAsync(
        [
            "test", test, $"127.0.0.1:{server.Port}", "--insecure", "--security", "starttls", "--user", "user",
            "--password-env", variable, .. options,
        ]);

    private Task<ExitCode> RelayAsync(SmtpTestServer server, params string[] options) => _cli.RunAsync(
        ["test", "relay", $"127.0.0.1:{server.Port}", "--from", "a@example.com", "--to", "b@example.net", .. options]);

    private static int ClosedPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
