using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Mime;
using MailAdmin.Server;

namespace MailAdmin.Cli.Tests.Sending;

/// <summary>Messages that go to the embedded server.</summary>
public sealed class SendTests : IDisposable
{
    private const string Secret = "hunter2-hunter2";

    private static readonly string[] Message = MessageTo("b@example.com");

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly Cli _cli = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Sends_what_the_options_say()
    {
        await using var server = await SmtpTestServer.StartAsync();
        var attachment = Write("Bericht für März.txt", "figures");
        var picture = Write("logo.png", "picture");

        var code = await SendAsync(
            server,
            "--from", "Zoë <zoe@example.com>", "--to", "Anna <anna@example.com>, bob@example.com",
            "--cc", "carol@example.com", "--bcc", "dan@example.com", "--reply-to", "desk@example.com",
            "--subject", "Grüße", "--text", "Hello", "--html", "<p>Hello <img src='cid:logo'></p>",
            "--attach", attachment, "--inline", $"logo={picture}",
            "--header", "X-Job: 42", "--priority", "high", "--message-id", "one@example.com");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        var message = Assert.Single(server.Messages);
        Assert.Equal("zoe@example.com", message.Envelope.ReversePath!.ToString());
        Assert.Equal(
            ["anna@example.com", "bob@example.com", "carol@example.com", "dan@example.com"],
            message.Envelope.Recipients.Select(recipient => recipient.Address.ToString()));
        var outline = MessageOutline.Read(message.Content);
        Assert.Equal("Grüße", outline["Subject"]);
        Assert.Equal("42", outline["X-Job"]);
        Assert.Equal("<one@example.com>", outline["Message-ID"]);
        Assert.Null(outline["Bcc"]);
        Assert.Equal("multipart/mixed", outline.ContentType);
        Assert.Equal("Bericht für März.txt", outline.Parts[^1].FileName);
    }

    [Fact]
    public async Task Says_who_has_it()
    {
        await using var server = await SmtpTestServer.StartAsync();

        await SendAsync(server, [.. Message]);

        Assert.Contains("Sent to 1 recipient through 127.0.0.1:", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("accepted  b@example.com", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_says_nothing_about_success()
    {
        await using var server = await SmtpTestServer.StartAsync();

        await SendAsync(server, ["--quiet", .. Message]);

        Assert.Empty(_cli.Output + _cli.Error);
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData("rcpt:2=550 5.1.1 No such user", (int)ExitCode.NoUser, "PartlySent", 1)]
    [InlineData("rcpt:2=450 4.2.1 Try later", (int)ExitCode.TemporaryFailure, "PartlySent", 1)]
    [InlineData("rcpt:2=550 5.7.1 Not you", (int)ExitCode.Unavailable, "PartlySent", 1)]
    [InlineData("rcpt=550 5.1.1 No such user", (int)ExitCode.NoUser, "Failed", 0)]
    [InlineData("rcpt=450 4.2.1 Try later", (int)ExitCode.TemporaryFailure, "Deferred", 0)]
    [InlineData("mail=550 5.7.60 Not as this sender", (int)ExitCode.Unavailable, "Failed", 0)]
    [InlineData("mail=451 4.3.0 Try later", (int)ExitCode.TemporaryFailure, "Deferred", 0)]
    [InlineData("eod=554 5.6.0 Content refused", (int)ExitCode.Unavailable, "Failed", 0)]
    [InlineData("banner=554 5.3.2 No service", (int)ExitCode.Unavailable, "Failed", 0)]
    [InlineData("rcpt=drop", (int)ExitCode.TemporaryFailure, "Deferred", 0)]
    [InlineData("banner=garbage", (int)ExitCode.Protocol, "Failed", 0)]
    public async Task Each_refusal_has_its_exit_code_and_report(string fault, int code, string status, int taken)
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse(fault) });

        Assert.Equal(
            (ExitCode)code, await SendAsync(server, ["--json", .. MessageTo("b@example.com,c@example.com")]));

        var json = _cli.Json();
        Assert.Equal(status, json.GetProperty("status").GetString());
        Assert.Equal(code, json.GetProperty("exitCode").GetInt32());
        Assert.Equal(2, json.GetProperty("recipients").GetArrayLength());
        Assert.Equal(taken, server.Messages.Count);
        Assert.StartsWith("mailadmin: ", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail=550 5.7.60 SMTP; Client does not have permissions to send as this sender", "SendAsMissing")]
    [InlineData("rcpt=550 5.1.1 User unknown", "RecipientUnknown")]
    [InlineData("eod=drop", "OutcomeUnknown")]
    public async Task A_failure_comes_with_its_diagnosis(string fault, string id)
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse(fault) });

        await SendAsync(server, "--json", "--from", "a@example.com", "--to", "b@example.com", "--text", "x");

        var diagnosis = _cli.Json().GetProperty("diagnosis");
        Assert.Equal(id, diagnosis.GetProperty("id").GetString());
        Assert.Contains($"  {diagnosis.GetProperty("cause").GetString()}", _cli.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"  1. {diagnosis.GetProperty("remedies")[0].GetString()}", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_report_has_every_field()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Security = SmtpServerSecurity.StartTls });
        var roots = Write("ca.pem", server.Certificate!.ExportCertificatePem());

        Assert.Equal(
            ExitCode.Ok,
            await _cli.RunAsync([
                "send", "--server", $"localhost:{server.Endpoint.Port}", "--security", "starttls",
                "--ca-file", roots, "--json", .. Message, "--message-id", "m@example.com"]));

        var json = _cli.Json();
        Assert.Equal(
            [
                "status", "exitCode", "method", "server", "remoteAddress", "tlsProtocol", "reply", "messageId",
                "recipients", "durationMs", "size", "warnings", "error", "diagnosis",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Sent", json.GetProperty("status").GetString());
        Assert.StartsWith("Tls1", json.GetProperty("tlsProtocol").GetString(), StringComparison.Ordinal);
        Assert.Equal("m@example.com", json.GetProperty("messageId").GetString());
        Assert.Equal(250, json.GetProperty("reply").GetProperty("code").GetInt32());
        var recipient = json.GetProperty("recipients")[0];
        Assert.Equal("b@example.com", recipient.GetProperty("address").GetString());
        Assert.Equal("Accepted", recipient.GetProperty("status").GetString());
        Assert.True(json.GetProperty("size").GetInt64() > 100);
    }

    [Theory]
    [InlineData("--password-file")]
    [InlineData("--password-env")]
    [InlineData("prompt")]
    public async Task Logs_in_and_never_shows_the_password(string source)
    {
        await using var server = await StartWithLoginAsync();
        var transcript = Path.Combine(_folder, "transcript.txt");

        Assert.Equal(ExitCode.Ok, await LogInAsync(server, source, Secret, "--transcript", transcript));

        Assert.Equal("anna", Assert.Single(server.Messages).User);
        var everything = _cli.Output + _cli.Error + await File.ReadAllTextAsync(transcript);
        Assert.Contains("C: AUTH", everything, StringComparison.Ordinal);
        AssertHoldsNoSecret(everything);
    }

    [Fact]
    public async Task A_refused_login_is_a_matter_of_permission()
    {
        await using var server = await StartWithLoginAsync();

        Assert.Equal(ExitCode.NoPermission, await LogInAsync(server, "prompt", "wrong-" + Secret, "--transcript", "-"));

        AssertHoldsNoSecret(_cli.Output + _cli.Error);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_login_without_TLS_is_refused_here()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Users = Users() });

        Assert.Equal(
            ExitCode.NoPermission,
            await SendAsync(server, ["--security", "none", "--mechanism", "PLAIN", .. LoginMessage]));
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_a_matter_of_configuration()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Security = SmtpServerSecurity.Implicit });
        string[] send = ["--security", "implicit", .. Message];

        Assert.Equal(ExitCode.Configuration, await SendAsync(server, send));
        Assert.Equal(ExitCode.Ok, await SendAsync(server, ["--insecure", .. send]));
        Assert.Contains("warning", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_that_does_not_exist_stops_the_message()
    {
        await using var server = await SmtpTestServer.StartAsync();

        Assert.Equal(
            ExitCode.NoInput,
            await SendAsync(server, [.. Message, "--attach", "/no/such/file"]));

        Assert.Contains("/no/such/file", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_no_host() =>
        Assert.Equal(
            ExitCode.NoHost,
            await _cli.RunAsync(["send", "--server", "no-such-host.invalid", .. Message]));

    [Fact]
    public async Task A_port_where_nobody_listens_may_be_open_later()
    {
        await using var server = await SmtpTestServer.StartAsync();
        var port = server.Endpoint.Port;
        await server.StopAsync();

        Assert.Equal(
            ExitCode.TemporaryFailure,
            await _cli.RunAsync(["send", "--server", $"127.0.0.1:{port}", .. Message]));
    }

    [Fact]
    public async Task Where_nobody_was_reached_the_error_says_it_all()
    {
        await _cli.RunAsync(["send", "--server", "no-such-host.invalid", .. Message]);

        Assert.Empty(_cli.Output);
        Assert.StartsWith("mailadmin: ", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("\n  1. ", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shows_how_much_has_left_on_a_terminal_only(bool isTerminal)
    {
        await using var server = await SmtpTestServer.StartAsync();
        _cli.ShowsProgress = isTerminal;

        await SendAsync(server, ["--attach", Write("large.bin", new string('x', 4_000_000)), .. Message]);

        Assert.Equal(isTerminal, _cli.Error.Contains(" sent", StringComparison.Ordinal));
        Assert.True(_cli.Error.Length == 0 || _cli.Error.EndsWith('\r'));
    }

    [Fact]
    public async Task Shows_its_own_certificate()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Security = SmtpServerSecurity.StartTls, RequestClientCertificate = true });
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=device.example.com",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        using var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var roots = Write("ca.pem", server.Certificate!.ExportCertificatePem());
        var certificate = Write("own.pem", own.ExportCertificatePem());
        var privateKey = Write("own.key", key.ExportPkcs8PrivateKeyPem());

        Assert.Equal(
            ExitCode.Ok,
            await _cli.RunAsync(
            [
                "send", "-S", $"localhost:{server.Endpoint.Port}", "--ca-file", roots,
                "--client-cert", certificate, "--client-key", privateKey, .. Message,
            ]));

        Assert.Equal("CN=device.example.com", Assert.Single(server.Messages).Session.ClientCertificate!.Subject);
    }

    [Fact]
    public async Task A_server_that_stalls_is_given_up_in_time()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse("mail=stall") });

        Assert.Equal(
            ExitCode.TemporaryFailure,
            await SendAsync(server, ["--timeout", "0.5", .. Message]));
    }

    [Fact]
    public async Task Ctrl_C_ends_it()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse("mail=stall") });
        using var ctrlC = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        var code = await _cli.RunWithInputAsync(
            [], ctrlC.Token, ["send", "--server", Address(server), .. Message]);

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Empty(_cli.Output);
    }

    [Fact]
    public async Task A_transcript_that_cannot_be_made_is_said_before_anything_is_sent()
    {
        await using var server = await SmtpTestServer.StartAsync();

        Assert.Equal(
            ExitCode.CannotCreate,
            await SendAsync(server, ["--transcript", "/no/such/folder/t", .. Message]));
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_dry_run_connects_to_nobody()
    {
        await using var server = await SmtpTestServer.StartAsync();

        Assert.Equal(
            ExitCode.Ok,
            await SendAsync(server, ["--dry-run", "--json", .. Message, "--bcc", "c@example.com"]));

        var json = _cli.Json();
        Assert.True(json.GetProperty("dryRun").GetBoolean());
        Assert.Equal(2, json.GetProperty("recipients").GetArrayLength());
        Assert.Equal("StartTlsWhenAvailable", json.GetProperty("security").GetString());
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Passes_on_the_wishes_for_reports_and_the_reverse_path()
    {
        await using var server = await SmtpTestServer.StartAsync();

        await SendAsync(
            server, "--from", "a@example.com", "--to", "b@example.com", "--text", "x",
            "-f", "<>", "--notify", "failure,delay", "--ret", "hdrs", "--envid", "job42");

        var envelope = Assert.Single(server.Messages).Envelope;
        Assert.Null(envelope.ReversePath);
        Assert.Equal("Failure, Delay", envelope.Recipients[0].Notify.ToString());
        Assert.Equal("Headers", envelope.Return.ToString());
        Assert.Equal("job42", envelope.EnvelopeId);
    }

    [Fact]
    public async Task Sends_to_nobody_when_all_are_required_and_one_is_refused()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt:2=550 5.1.1 No such user") });

        Assert.Equal(
            ExitCode.NoUser,
            await SendAsync(server, ["--require-all-recipients", .. MessageTo("b@example.com,c@example.com")]));
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Splits_recipients_into_batches()
    {
        await using var server = await SmtpTestServer.StartAsync();

        await SendAsync(server, ["--batch-size", "2", .. MessageTo("b@example.com,c@example.com,d@example.com")]);

        Assert.Equal([2, 1], server.Messages.Select(message => message.Envelope.Recipients.Count));
    }

    [Fact]
    public async Task Reads_a_text_from_standard_input()
    {
        await using var server = await SmtpTestServer.StartAsync();

        Assert.Equal(
            ExitCode.Ok,
            await _cli.RunWithInputAsync(
                "Grüße\n",
                "send", "--server", Address(server), "--from", "a@example.com", "--to", "b@example.com",
                "--text-file", "-"));

        Assert.EndsWith(
            "\r\n\r\nGrüße\r\n",
            Encoding.UTF8.GetString(Assert.Single(server.Messages).Content.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_not_UTF8_is_refused()
    {
        Assert.Equal(
            ExitCode.DataError,
            await _cli.RunWithInputAsync(
                [0x47, 0x72, 0xFC, 0xDF, 0x65],
                CancellationToken.None,
                "send", "--server", "127.0.0.1:1", "--from", "a@example.com", "--to", "b@example.com",
                "--text-file", "-"));
    }

    private static readonly string[] LoginMessage =
        ["--user", "anna", "--password-env", "MAIL_PASSWORD", .. Message];

    private static Dictionary<string, string> Users() => new() { ["anna"] = Secret };

    private static string[] MessageTo(string recipients) =>
        ["--from", "a@example.com", "--to", recipients, "--text", "x"];

    private static Task<SmtpTestServer> StartWithLoginAsync() => SmtpTestServer.StartAsync(
        new() { Security = SmtpServerSecurity.StartTls, RequireAuthentication = true, Users = Users() });

    private static string Address(SmtpTestServer server) => $"127.0.0.1:{server.Endpoint.Port}";

    private static void AssertHoldsNoSecret(string text)
    {
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0anna\0{Secret}")), text, StringComparison.Ordinal);
    }

    private Task<ExitCode> SendAsync(SmtpTestServer server, params string[] options)
    {
        _cli.Environment["MAIL_PASSWORD"] = Secret;
        return _cli.RunAsync(["send", "--server", Address(server), .. options]);
    }

    private Task<ExitCode> LogInAsync(SmtpTestServer server, string source, string password, params string[] options)
    {
        _cli.TypedSecret = password;
        _cli.Environment["MAIL_PASSWORD"] = password;
        string[] secret = source switch
        {
            "prompt" => [],
            "--password-env" => [source, "MAIL_PASSWORD"],
            _ => [source, Write("password", password + "\n")],
        };
        var roots = Write("ca.pem", server.Certificate!.ExportCertificatePem());
        return _cli.RunAsync(
        [
            "send", "--server", $"localhost:{server.Endpoint.Port}", "--ca-file", roots, "--user", "anna", .. secret,
            "--mechanism", "PLAIN", "--from", "a@example.com", "--to", "b@example.com", "--text", "x", .. options,
        ]);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
