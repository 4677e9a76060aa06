using System.Text;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Routes;
using MailAdmin.Server;
using MailAdmin.Storage;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Cli.Tests.Queueing;

public sealed class QueueAddTests : IDisposable
{
    private const string Secret = "hunter2-hunter2";

    private readonly QueueFolder _folder = new();
    private readonly Cli _cli;

    public QueueAddTests() => _cli = _folder.Program();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Says_the_number_and_sends_nothing()
    {
        await using var server = await SmtpTestServer.StartAsync();

        var code = await AddAsync("--server", $"127.0.0.1:{server.Port}");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        Assert.Equal($"Queued as 1 for 1 recipient through 127.0.0.1:{server.Port}.", _cli.Output.TrimEnd());
        Assert.Empty(server.Messages);
        Assert.Equal(["Waiting"], await _folder.StatesAsync());
    }

    [Fact]
    public async Task Keeps_back_what_is_held()
    {
        Assert.Equal(ExitCode.Ok, await AddAsync("--server", "mail.example.com", "--hold"));

        Assert.Equal(["Held"], await _folder.StatesAsync());
    }

    [Fact]
    public async Task Writes_the_message_as_an_object()
    {
        await AddAsync(
            "--server", "mail.example.com", "--cc", "c@example.com", "--message-id", "m@example.com",
            "--priority", "high", "--not-before", "2040-05-06T07:08:09+02:00", "--expires", "2040-05-07T00:00Z",
            "--json");

        var json = _cli.Json();
        Assert.Equal(
            [
                "id", "state", "priority", "from", "recipients", "subject", "messageId", "size", "destination",
                "queuedAt", "notBefore", "nextAttemptAt", "expiresAt", "attempts", "deferrals", "lastAttemptAt",
                "lastError", "lastErrorId", "diagnosisId", "finishedAt", "owner", "leasedUntil",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Grüße", json.GetProperty("subject").GetString());
        Assert.Equal("m@example.com", json.GetProperty("messageId").GetString());
        Assert.Equal("High", json.GetProperty("priority").GetString());
        Assert.Equal(
            ["b@example.com NotTried", "c@example.com NotTried"],
            json.GetProperty("recipients").EnumerateArray()
                .Select(recipient => $"{recipient.GetProperty("address")} {recipient.GetProperty("status")}"));
        Assert.Equal(
            new DateTimeOffset(2040, 5, 6, 5, 8, 9, TimeSpan.Zero), json.GetProperty("notBefore").GetDateTimeOffset());
        Assert.Equal(
            new DateTimeOffset(2040, 5, 7, 0, 0, 0, TimeSpan.Zero), json.GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_priority_in_the_queue_may_be_another_than_the_message_says()
    {
        await AddAsync("--server", "mail.example.com", "--priority", "high", "--queue-priority", "low", "--json");

        Assert.Equal("Low", _cli.Json().GetProperty("priority").GetString());
    }

    [Fact]
    public async Task Takes_a_message_as_sendmail_does_without_a_word()
    {
        var code = await _cli.RunWithInputAsync(
            "From: a@example.com\nTo: b@example.com\nSubject: Piped\n\nText\n",
            "queue", "add", "--server", "mail.example.com", "-t", "-i");

        Assert.Equal((ExitCode.Ok, "", ""), (code, _cli.Output, _cli.Error));
        Assert.Equal("Piped", Assert.Single(await _folder.ListAsync()).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task A_password_is_in_no_file_and_no_output_and_the_distributor_logs_in_with_it()
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Users = new Dictionary<string, string> { ["anna"] = Secret },
            RequireAuthentication = true,
            AllowPlaintextAuth = true,
        });
        _cli.Environment["MAIL_PASSWORD"] = Secret;
        await AddAsync(
            "--server", $"127.0.0.1:{server.Port}", "--user", "anna", "--password-env", "MAIL_PASSWORD",
            "--security", "none", "--allow-plaintext-auth", "--json");

        var distributor = _folder.Program();
        var code = await distributor.RunAsync("distribute");

        Assert.Equal((ExitCode.Ok, ""), (code, distributor.Error));
        Assert.Equal("anna", Assert.Single(server.Messages).User);
        Assert.DoesNotContain(Secret, _cli.Output + _cli.Error + distributor.Output, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.Folder),
            file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret))));
    }

    [Fact]
    public async Task Without_a_server_it_goes_by_the_batch_provider()
    {
        await using (var store = await _folder.OpenAsync())
        await using (var services = new QueueServices(store, SendMethodCatalog.BuiltIn))
        {
            var wishes = new SmtpRoute { Host = "batch.example.com", Port = 26 };
            var route = services.Vault.Store(new RouteRequest { Wishes = wishes });
            var options = new EmailOptions { BatchRoute = route };
            await options.SaveAsync(store.Options, new EmailOptions(), CancellationToken.None);
        }

        await AddAsync("--json");

        Assert.Equal("batch.example.com:26", _cli.Json().GetProperty("destination").GetString());
    }

    [Fact]
    public async Task Refuses_what_is_larger_than_the_store_allows()
    {
        await using (var store = await _folder.OpenAsync())
        {
            var options = new EmailOptions { LargestMessage = 2000 };
            await options.SaveAsync(store.Options, new EmailOptions(), CancellationToken.None);
        }

        var code = await AddAsync("--server", "mail.example.com", "--header", $"X-Large: {new string('x', 900)}",
            "--header", $"X-Larger: {new string('x', 900)}");

        Assert.Equal((ExitCode.Unavailable, ""), (code, _cli.Output));
        Assert.Contains("more than the 2,000 octets that are allowed here", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("Set-EmailOption -LargestMessage", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(await _folder.ListAsync());
        Assert.Equal(ExitCode.Ok, await _folder.Program().RunAsync(
            ["queue", "add", "--server", "mail.example.com", .. QueueFolder.Message]));
    }

    [Theory]
    [InlineData((int)ExitCode.Usage)]
    [InlineData((int)ExitCode.Usage, "--port", "25")]
    [InlineData((int)ExitCode.Usage, "--domain", "contoso.com")]
    [InlineData((int)ExitCode.Usage, "--server", "localhost", "--not-before", "soon")]
    [InlineData((int)ExitCode.Usage, "--server", "localhost", "--not-before", "2040-01-02", "--expires", "2040-01-01")]
    [InlineData((int)ExitCode.Usage, "--server", "localhost", "--queue-priority", "urgent")]
    [InlineData((int)ExitCode.DataError, "--method", "relay")]
    [InlineData((int)ExitCode.DataError, "--server", "localhost", "--bcc", "nobody")]
    public async Task Refuses_what_cannot_be_sent_later(int expected, params string[] route)
    {
        Assert.Equal(expected, (int)await AddAsync(route));
        Assert.NotEmpty(_cli.Error);
        Assert.Empty(await _folder.ListAsync());
    }

    private Task<ExitCode> AddAsync(params string[] more) =>
        _cli.RunAsync(["queue", "add", .. QueueFolder.Message, .. more]);
}
