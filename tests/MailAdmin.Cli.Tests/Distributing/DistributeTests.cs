using System.Net;
using System.Net.Sockets;
using MailAdmin.Cli.Tests.Queueing;
using MailAdmin.Server;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Tests.Distributing;

public sealed class DistributeTests : IDisposable
{
    private readonly QueueFolder _folder = new();
    private readonly Cli _cli;

    public DistributeTests() => _cli = _folder.Program();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Says_a_line_for_each_message_and_the_sum()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await _folder.AddAsync(server.Port);
        await _folder.AddAsync(server.Port);

        var code = await _cli.RunAsync("distribute");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        Assert.Equal(2, server.MessageCount);
        var lines = _cli.Output.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(
            lines[..2],
            line => Assert.Matches(@"^ +[12]  sent +a@example\.com -> b@example\.com  127\.0\.0\.1:\d+  250 ", line));
        Assert.Matches(@"^2 sent in 1 round, \d+\.\d\d s\.", lines[2]);
    }

    [Fact]
    public async Task Writes_an_object_for_each_message_and_one_for_the_sum()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt=550 5.1.1 No such user") });
        await _folder.AddAsync(server.Port);

        var code = await _cli.RunAsync("distribute", "--json", "--rounds", "2", "--interval", "1");

        Assert.Equal(ExitCode.NoUser, code);
        var written = QueueFolder.Objects(_cli.Output);
        Assert.Equal(2, written.Count);
        Assert.Equal(
            [
                "type", "id", "state", "from", "recipients", "subject", "messageId", "destination", "server", "reply",
                "attempt", "nextAttemptAt", "durationMs", "isForced", "error", "diagnosis",
            ],
            written[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("item", "Failed", 1),
            (written[0].GetProperty("type").GetString(), written[0].GetProperty("state").GetString(),
                written[0].GetProperty("attempt").GetInt32()));
        Assert.NotEmpty(written[0].GetProperty("diagnosis").GetProperty("cause").GetString()!);
        Assert.Equal(
            [
                "type", "exitCode", "sent", "partlySent", "failed", "expired", "deferred", "throttled", "forced",
                "rounds", "wasStopped", "durationMs",
            ],
            written[1].EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("summary", 67, 1, 2),
            (written[1].GetProperty("type").GetString(), written[1].GetProperty("exitCode").GetInt32(),
                written[1].GetProperty("failed").GetInt32(), written[1].GetProperty("rounds").GetInt32()));
    }

    [Theory]
    [InlineData((int)ExitCode.TemporaryFailure, "Waiting", "rcpt=450 4.2.1 Later")]
    [InlineData((int)ExitCode.Unavailable, "Failed", "mail=550 5.7.1 Not you")]
    [InlineData((int)ExitCode.NoUser, "PartlySent", "rcpt:2=550 5.1.1 No such user")]
    public async Task The_exit_code_tells_what_became_of_the_mail(int expected, string state, string fault)
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse(fault) });
        await _folder.AddAsync(server.Port, "--cc", "c@example.com");

        Assert.Equal(expected, (int)await _cli.RunAsync("distribute"));

        Assert.Equal([state], await _folder.StatesAsync());
    }

    [Fact]
    public async Task Mail_for_a_server_that_is_down_waits_with_75_and_a_warning()
    {
        await _folder.AddAsync(FreePort());

        Assert.Equal(ExitCode.TemporaryFailure, await _cli.RunAsync("distribute"));

        Assert.Contains("waiting", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("0 sent, 1 deferred in 1 round", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("mailadmin: warning: Mail for 127.0.0.1:", _cli.Error, StringComparison.Ordinal);

        // Nothing is attempted now, and yet it is not done.
        Assert.Equal(ExitCode.TemporaryFailure, await _folder.Program().RunAsync("distribute"));
    }

    [Fact]
    public async Task Mail_for_another_day_is_not_late()
    {
        await _folder.AddAsync(FreePort(), "--not-before", "2090-01-01");

        Assert.Equal((ExitCode.Ok, ""), (await _cli.RunAsync("distribute"), _cli.Error));

        Assert.Equal(["Waiting"], await _folder.StatesAsync());
    }

    [Fact]
    public async Task The_alert_address_of_the_store_is_told_of_failures()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt*1=550 5.1.1 No such user") });
        await using (var store = await _folder.OpenAsync())
        {
            var options = new EmailOptions { AlertAddress = "desk@example.com" };
            await options.SaveAsync(store.Options, new EmailOptions(), CancellationToken.None);
        }

        await _folder.AddAsync(server.Port);
        await _cli.RunAsync("distribute");

        var notice = Assert.Single(server.Messages);
        Assert.Null(notice.Envelope.ReversePath);
        Assert.Equal("desk@example.com", Assert.Single(notice.Envelope.Recipients).Address.ToString());
    }

    [Fact]
    public async Task Goes_on_until_it_is_stopped_which_is_the_ordinary_end()
    {
        await using var server = await SmtpTestServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var running = _cli.RunWithInputAsync([], stop.Token, "distribute", "--continuous", "--interval", "1");
        await _folder.AddAsync(server.Port);
        await server.WaitForMessageAsync(1, TimeSpan.FromSeconds(30));

        await stop.CancelAsync();

        Assert.Equal(ExitCode.Ok, await running);
        Assert.Contains("1 sent in ", _cli.Output, StringComparison.Ordinal);
        Assert.EndsWith("; stopped.", _cli.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["Sent"], await _folder.StatesAsync());
    }

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "2", "--continuous")]
    [InlineData("--interval", "0")]
    [InlineData("--interval", "86401")]
    [InlineData("--connections", "101")]
    [InlineData("--unknown-outcome", "hope")]
    public async Task Refuses_what_it_cannot_do(params string[] options)
    {
        Assert.Equal(ExitCode.Usage, await _cli.RunAsync(["distribute", .. options]));
        Assert.NotEmpty(_cli.Error);
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_is_said()
    {
        await File.WriteAllTextAsync(_folder.Store, "This is no database; nobody should write into it.");

        Assert.Equal(ExitCode.InputOutput, await _cli.RunAsync("distribute", "--json"));

        var id = _cli.Json().GetProperty("error").GetProperty("id").GetString();
        Assert.StartsWith("Store", id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_the_retention_is_removed_at_the_end_and_what_waits_stays()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await _folder.AddAsync(server.Port);
        var waiting = await _folder.AddAsync(server.Port, "--not-before", "2040-05-06");
        Assert.Equal(ExitCode.Ok, await _cli.RunAsync("distribute"));
        Assert.Equal(["Sent", "Waiting"], await _folder.StatesAsync());

        var later = new Cli { Environment = { [StorePlacement.Variable] = _folder.Store }, Time = new InAMonth() };
        Assert.Equal((ExitCode.Ok, ""), (await later.RunAsync("distribute"), later.Error));

        Assert.Equal(waiting, Assert.Single(await _folder.ListAsync()).GetProperty("id").GetRawText());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class InAMonth : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromDays(31);
    }
}
