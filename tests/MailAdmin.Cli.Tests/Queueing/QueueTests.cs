using MailAdmin.Server;

namespace MailAdmin.Cli.Tests.Queueing;

/// <summary>What is in the queue, and how it is changed.</summary>
public sealed class QueueTests : IDisposable
{
    private const int Nobody = 9;

    private readonly QueueFolder _folder = new();
    private readonly Cli _cli;

    public QueueTests() => _cli = _folder.Program();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lists_a_line_for_each_message_oldest_first()
    {
        await _folder.AddAsync(Nobody);
        await _folder.AddAsync(Nobody, "--cc", "c@example.com,d@example.com");

        var code = await _cli.RunAsync("queue", "list");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        var lines = _cli.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(
            @"^ +1  waiting +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  a@example\.com -> b@example\.com  Grüße", lines[0]);
        Assert.Contains("a@example.com -> b@example.com and 2 more", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2 3")]
    [InlineData("1 3", "1", "3")]
    [InlineData("2", "--to", "c@*")]
    [InlineData("1 2 3", "--state", "waiting", "--from", "A@example.com")]
    [InlineData("", "--state", "failed", "--state", "partly-sent")]
    [InlineData("1", "--first", "1")]
    [InlineData("3", "--message-id", "<third@example.com>")]
    [InlineData("", "--before", "2020-01-01")]
    [InlineData("1 2 3", "--after", "2020-01-01", "--destination", "127.0.0.1:9")]
    public async Task All_that_is_said_must_fit(string expected, params string[] filter)
    {
        await _folder.AddAsync(Nobody);
        await _folder.AddAsync(Nobody, "--cc", "c@example.com");
        await _folder.AddAsync(Nobody, "--message-id", "third@example.com");

        var found = await _folder.ListAsync(filter);

        Assert.Equal(expected, string.Join(' ', found.Select(item => item.GetProperty("id").GetRawText())));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("resume")]
    [InlineData("remove")]
    public async Task A_number_of_no_message_is_said_and_the_others_are_done(string command)
    {
        await _folder.AddAsync(Nobody);

        var code = await _cli.RunAsync("queue", command, "1", "77", "--json");

        Assert.Equal(ExitCode.NoInput, code);
        var written = QueueFolder.Objects(_cli.Output);
        Assert.Equal("1", written[0].GetProperty("id").GetRawText());
        Assert.Equal("QueueItemNotFound", written[1].GetProperty("error").GetProperty("id").GetString());
        Assert.Contains("no message 77", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_became_of_each_recipient()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt:2=550 5.1.1 No such user") });
        var id = await _folder.AddAsync(server.Port, "--cc", "c@example.com");
        await _folder.Program().RunAsync("distribute");

        Assert.Equal(ExitCode.Ok, await _cli.RunAsync("queue", "show", id));

        Assert.StartsWith("Message 1, partly-sent", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  accepted +b@example\.com", _cli.Output);
        Assert.Matches(@"(?m)^  refused +c@example\.com  550 5\.1\.1 No such user", _cli.Output);
        Assert.Matches(@"(?m)^  attempts +1\r?$", _cli.Output);
    }

    [Fact]
    public async Task What_failed_goes_once_it_is_resumed()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("mail*1=550 5.7.1 Not you") });
        await _folder.AddAsync(server.Port);
        await _folder.Program().RunAsync("distribute");
        Assert.Equal(["Failed"], await _folder.StatesAsync());

        Assert.Equal(ExitCode.Ok, await _cli.RunAsync("queue", "resume", "--state", "failed", "--lifetime", "2"));

        Assert.Equal("1  resumed  a@example.com -> b@example.com", _cli.Output.Trim());
        var item = Assert.Single(await _folder.ListAsync());
        Assert.InRange(
            item.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow,
            TimeSpan.FromHours(1),
            TimeSpan.FromHours(2));
        Assert.Equal(ExitCode.Ok, await _folder.Program().RunAsync("distribute"));
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task What_everybody_has_is_not_resumed()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await _folder.AddAsync(server.Port);
        await _folder.Program().RunAsync("distribute");

        Assert.Equal(ExitCode.DataError, await _cli.RunAsync("queue", "resume", "1"));

        Assert.Contains("it is sent", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(["Sent"], await _folder.StatesAsync());
    }

    [Theory]
    [InlineData("resume", "QueueItemNotResumable")]
    [InlineData("remove", "QueueItemInWork")]
    public async Task What_is_in_work_is_left_alone(string command, string id)
    {
        await _folder.AddAsync(Nobody);
        await using (var store = await _folder.OpenAsync())
        {
            await store.Queue.TakeAsync(
                new() { Owner = "somebody", Count = 1, Lease = TimeSpan.FromMinutes(5) }, CancellationToken.None);
        }

        Assert.Equal(ExitCode.TemporaryFailure, await _cli.RunAsync("queue", command, "1", "--json"));

        Assert.Equal(id, _cli.Json().GetProperty("error").GetProperty("id").GetString());
        Assert.Equal(["Sending"], await _folder.StatesAsync());
    }

    [Fact]
    public async Task Removes_what_fits_and_nothing_else()
    {
        await _folder.AddAsync(Nobody);
        await _folder.AddAsync(Nobody, "--cc", "c@example.com");

        Assert.Equal(ExitCode.Ok, await _cli.RunAsync("queue", "remove", "--to", "c@example.com"));

        Assert.Equal("2  removed  a@example.com -> b@example.com and 1 more", _cli.Output.Trim());
        Assert.Equal("1", Assert.Single(await _folder.ListAsync()).GetProperty("id").GetRawText());
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("resume")]
    [InlineData("show")]
    [InlineData("show", "one")]
    [InlineData("list", "--state", "lost")]
    [InlineData("list", "--first", "0")]
    [InlineData("list", "--after", "yesterday-ish")]
    [InlineData("resume", "1", "--lifetime", "0")]
    public async Task Refuses_what_it_cannot_understand(params string[] command)
    {
        await _folder.AddAsync(Nobody);

        Assert.Equal(ExitCode.Usage, await _cli.RunAsync(["queue", .. command]));

        Assert.Equal(["Waiting"], await _folder.StatesAsync());
    }
}
