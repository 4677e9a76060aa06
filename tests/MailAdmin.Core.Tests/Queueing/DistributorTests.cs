using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports;
using Xunit.Abstractions;

namespace MailAdmin.Tests.Queueing;

public sealed class DistributorTests(ITestOutputHelper output)
{
    private static readonly DistributorOptions ManyRounds =
        new() { Rounds = 8, Interval = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task Everything_that_is_due_goes_out_once_and_as_it_was_queued()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync();
        var added = await rig.AddAsync(QueueRig.To(server.Port), 300, "anna@example.com", "bob@example.org");

        var summary = await rig.DistributeAsync();

        Assert.Equal((300, 0, 1, false), (summary.Sent, summary.Deferred, summary.Rounds, summary.WasStopped));
        Assert.Equal(
            added.Select(item => $"Message-ID: <{item.MessageId}>").Order(),
            server.Messages.Select(message => Line(message, "Message-ID")).Order());
        Assert.All(server.Messages, message => Assert.Equal(
            ["anna@example.com", "bob@example.org"], message.Envelope.Recipients.Select(r => r.Address.ToString())));
        Assert.All(await rig.ItemsAsync(), item => Assert.Equal((QueueItemState.Sent, 1), (item.State, item.Attempts)));
        Assert.Equal(300, rig.Items.Count);
        Assert.True(server.Messages.Select(message => message.Session.Number).Distinct().Count() <= 4);
    }

    [Fact]
    public async Task Another_attempt_sends_the_same_message_to_those_who_lack_it()
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Faults = FaultScript.Parse("rcpt:2*1=450 4.2.0 greylisted"),
        });
        await using var rig = await QueueRig.OpenAsync(policy: QueueRig.Hasty);
        await rig.AddAsync(QueueRig.To(server.Port), 1, "anna@example.com", "bob@example.org");

        var summary = await rig.DistributeAsync(ManyRounds with { Rounds = 3 });

        Assert.Equal((1, 1), (summary.Sent, summary.Deferred));
        Assert.Equal(
            ["anna@example.com", "bob@example.org"],
            server.Messages.Select(m => m.Envelope.Recipients.Single().Address.ToString()));
        Assert.Single(server.Messages.Select(message => Encoding.UTF8.GetString(message.Content.Span)).Distinct());
        var item = Assert.Single(await rig.ItemsAsync());
        Assert.Equal((QueueItemState.Sent, 2), (item.State, item.Attempts));
    }

    [Fact]
    public async Task A_refusal_for_good_fails_with_its_diagnosis()
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Faults = FaultScript.Parse("rcpt=550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
        });
        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(server.Port), 1);

        var summary = await rig.DistributeAsync();

        var item = Assert.Single(await rig.ItemsAsync());
        Assert.Equal(1, summary.Failed);
        Assert.Equal((QueueItemState.Failed, "SendAsMissing"), (item.State, item.DiagnosisId));
        Assert.Contains("5.7.60", item.LastError, StringComparison.Ordinal);
        var record = Assert.Single(await rig.Store.History.FindAsync(new HistoryFilter(), default).ToListAsync());
        Assert.Equal(
            (HistoryOrigin.Batch, item.Id, 1, item.DiagnosisId),
            (record.Origin, record.QueueId, record.Attempt, record.DiagnosisId));
    }

    [Fact]
    public async Task A_refused_login_is_tried_once_for_all_messages()
    {
        var logins = 0;
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Authenticate = _ => Interlocked.Increment(ref logins) < 0,
        });
        await using var rig = await QueueRig.OpenAsync();
        var wrong = new PasswordCredential("anna", "wrong");
        await rig.AddAsync(QueueRig.To(server.Port) with { Credential = wrong, AllowPlaintextAuth = true }, 50);

        await rig.DistributeAsync();

        Assert.Equal(1, logins);
        var items = await rig.ItemsAsync();
        Assert.All(items, item => Assert.Equal(QueueItemState.Waiting, item.State));
        Assert.Equal(1, items.Sum(item => item.Attempts));
        var closed = Assert.Single(rig.Closed);
        Assert.InRange((closed.NotBefore!.Value - DateTimeOffset.UtcNow).TotalMinutes, 10, 20);
    }

    [Fact]
    public async Task A_message_that_kills_its_session_holds_no_other()
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Faults = FaultScript.Parse("content@40*3=reset"),
        });
        await using var rig = await QueueRig.OpenAsync(policy: QueueRig.Hasty);
        await rig.AddAsync(QueueRig.To(server.Port), 40);

        var summary = await rig.DistributeAsync(ManyRounds);

        Assert.Equal(40, summary.Sent);
        Assert.Empty(rig.Closed);
    }

    [Theory]
    [InlineData(UnknownOutcome.SendAgain, 2)]
    [InlineData(UnknownOutcome.GiveUp, 1)]
    public async Task A_lost_reply_is_followed_as_it_is_set(UnknownOutcome set, int copies)
    {
        await using var lossy = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse("eod*1=drop") });
        await using var rig = await QueueRig.OpenAsync(policy: QueueRig.Hasty with { UnknownOutcome = set });
        await rig.AddAsync(QueueRig.To(lossy.Port), 1);

        await rig.DistributeAsync(ManyRounds with { Rounds = 3 });

        // The server dropped the connection without taking the first copy, which nobody could know.
        Assert.Equal(copies - 1, lossy.Messages.Count);
        var item = Assert.Single(await rig.ItemsAsync());
        Assert.Equal(set == UnknownOutcome.SendAgain ? QueueItemState.Sent : QueueItemState.Failed, item.State);
    }

    // The well one has a speed of its own, some ten milliseconds for a message on a connection, so that its time hardly
    // depends on this machine: alone it is measured before and after.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Beside_one_that_is_down_and_one_that_is_slow_the_well_one_keeps_its_speed(bool refuses)
    {
        const int Each = 1000;
        await using var well = await SmtpTestServer.StartAsync(
            new() { MaxMessagesKept = 0, Faults = FaultScript.Parse("ehlo=slow 50000") });
        await using var slow = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse("ehlo=slow 500") });
        await using var silent = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse("banner=stall") });
        var before = await TimeOfAsync(well, Each);

        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(refuses ? ClosedPort() : silent.Port), Each);
        await rig.AddAsync(QueueRig.To(slow.Port), Each);
        await rig.AddAsync(QueueRig.To(well.Port), Each);
        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var run = rig.DistributeAsync(new DistributorOptions(), stop.Token);
        while (well.MessageCount < 2 * Each && watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(5);
        }

        var amongOthers = watch.Elapsed;
        await stop.CancelAsync();
        var summary = await run;
        var after = await TimeOfAsync(well, Each);

        Assert.Equal(3 * Each, well.MessageCount);
        var alone = before > after ? before : after;
        output.WriteLine($"alone {before} and {after}, among others {amongOthers}");
        Assert.True(amongOthers < alone * 1.5, $"Alone it takes {before} and {after}, among others {amongOthers}.");
        Assert.InRange(slow.MessageCount, 0, Each - 1);
        Assert.Equal(refuses ? 1 : 0, rig.Closed.Count);
        Assert.True(summary.WasStopped);
        var items = await rig.ItemsAsync();
        Assert.DoesNotContain(items, item => item.State == QueueItemState.Sending);
        Assert.Equal(
            Each,
            items.Count(item => item.Destination == $"127.0.0.1:{well.Port}" && item.State == QueueItemState.Sent));
    }

    [Fact]
    public async Task Stopping_finishes_what_is_in_its_content_and_gives_the_rest_back()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("content@20*1=slow 300") });
        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(server.Port), 20);
        using var stop = new CancellationTokenSource();
        var run = rig.DistributeAsync(new DistributorOptions { Connections = 1 }, stop.Token);
        await Task.Delay(700);

        var stopping = Stopwatch.StartNew();
        await stop.CancelAsync();
        var summary = await run;

        Assert.InRange(stopping.Elapsed.TotalSeconds, 0, 5);
        Assert.True(summary.WasStopped);
        var items = await rig.ItemsAsync();
        Assert.InRange(server.MessageCount, 1, 19);
        Assert.Equal(server.MessageCount, items.Count(item => item.State == QueueItemState.Sent));
        Assert.Equal(
            20 - server.MessageCount, items.Count(item => item is { State: QueueItemState.Waiting, Attempts: 0 }));
    }

    [Theory]
    [InlineData("content@200=stall", 1)]
    [InlineData("eod=stall", 1)]
    [InlineData("mail=stall", 0)]
    [InlineData("banner=stall", 0)]
    public async Task Stopping_takes_five_seconds_at_the_most(string fault, int attempted)
    {
        var watch = new DataWatch();
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Faults = FaultScript.Parse(fault),
            Extensions = SmtpServerExtensions.All & ~SmtpServerExtensions.Chunking,
            Policy = watch,
        });
        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(server.Port), 20);
        using var stop = new CancellationTokenSource();
        var run = rig.DistributeAsync(new DistributorOptions(), stop.Token);
        await Wait.UntilAsync(() => attempted > 0 ? watch.HasSeenData : server.ConnectionCount > 0);

        // So long that the client has come to where it is held up: the first octets of the content, or its wait.
        await Task.Delay(500);

        var stopping = Stopwatch.StartNew();
        await stop.CancelAsync();
        await run;

        Assert.InRange(stopping.Elapsed.TotalSeconds, 0, 5);
        var items = await rig.ItemsAsync();
        Assert.All(items, item => Assert.Equal(QueueItemState.Waiting, item.State));
        Assert.Equal(attempted, items.Count(item => item.Attempts > 0));
        Assert.Equal(attempted, items.Count(item => item.LastErrorId == "AttemptCut"));
    }

    [Fact]
    public async Task Several_distributors_share_the_work_and_send_nothing_twice()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(server.Port), 400);

        var summaries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rig.DistributeAsync()));

        Assert.Equal(400, summaries.Sum(summary => summary.Sent));
        Assert.Equal(400, server.Messages.Select(message => Line(message, "Message-ID")).Distinct().Count());
        Assert.Equal(400, server.MessageCount);
    }

    [Fact]
    public async Task No_more_connections_are_made_than_there_are_places()
    {
        await using var server = await SmtpTestServer.StartAsync();
        var gate = new FreeGate { MostConnections = 2 };
        await using var rig = await QueueRig.OpenAsync(gate);
        await rig.AddAsync(QueueRig.To(server.Port), 200);

        var summary = await rig.DistributeAsync(new DistributorOptions { Connections = 8 });

        Assert.Equal(200, summary.Sent);
        Assert.Equal(2, gate.MostConnectionsSeen);
        Assert.Equal(2, server.Messages.Select(message => message.Session.Number).Distinct().Count());
    }

    [Fact]
    public async Task A_full_window_defers_the_item_whose_turn_it_is_and_counts_only_that()
    {
        await using var server = await SmtpTestServer.StartAsync();
        var granted = 0;
        var gate = new FreeGate
        {
            Defer = _ => Interlocked.Increment(ref granted) <= 10
                ? null
                : new ThrottleDeferred(DateTimeOffset.UtcNow.AddMinutes(1), IsCounted: true, null, NeverFits: false),
        };
        await using var rig = await QueueRig.OpenAsync(gate);
        await rig.AddAsync(QueueRig.To(server.Port), 100);

        var summary = await rig.DistributeAsync(new DistributorOptions { Connections = 1 });

        Assert.Equal((10, 1), (summary.Sent, summary.Throttled));
        var items = await rig.ItemsAsync();
        Assert.Equal(90, items.Count(item => item.State == QueueItemState.Waiting));
        Assert.Equal(1, items.Sum(item => item.Deferrals));

        // Those that it had taken by then go back until there is room again; the others may not have been touched.
        Assert.All(
            items.Take(LaneRoom.First).Where(item => item.State == QueueItemState.Waiting),
            item => Assert.True(item.NextAttemptAt > DateTimeOffset.UtcNow.AddSeconds(30)));
    }

    [Fact]
    public async Task A_full_window_is_not_asked_again_before_there_is_room()
    {
        await using var server = await SmtpTestServer.StartAsync();
        var asked = 0;
        var deferred = 0;
        var roomAt = DateTimeOffset.MaxValue;
        var gate = new FreeGate
        {
            Defer = _ =>
            {
                if (Interlocked.Increment(ref asked) == 11)
                {
                    roomAt = DateTimeOffset.UtcNow.AddSeconds(2);
                }

                if (asked < 11 || roomAt <= DateTimeOffset.UtcNow)
                {
                    return null;
                }

                deferred++;
                return new ThrottleDeferred(roomAt, IsCounted: true, null, NeverFits: false);
            },
        };
        await using var rig = await QueueRig.OpenAsync(gate);
        await rig.AddAsync(QueueRig.To(server.Port), 100);
        using var stop = new CancellationTokenSource();
        var running = rig.DistributeAsync(
            new() { Rounds = null, Connections = 1, IdleTimeout = TimeSpan.FromMilliseconds(200) }, stop.Token);

        await Wait.UntilAsync(() => server.MessageCount == 100);
        await stop.CancelAsync();
        var summary = await running;

        Assert.Equal((100, 1), (summary.Sent, deferred));
        Assert.InRange(summary.Rounds, 2, 6);
    }

    [Fact]
    public async Task What_is_expired_is_given_up_with_its_last_error()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt=451 4.3.0 later") });
        await using var rig = await QueueRig.OpenAsync(policy: QueueRig.Hasty);
        var route = await rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(server.Port) }, default);
        var message = new MailAdmin.Mime.MessageBuilder().Build(new()
        {
            From = MailAdmin.Addressing.Mailbox.Parse("sender@example.com"),
            To = [MailAdmin.Addressing.Mailbox.Parse("anna@example.com")],
        });
        await rig.Queue.AddAsync(
            new(message, message.ToEnvelope()) { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(1) }, route, default);

        var summary = await rig.DistributeAsync(ManyRounds);

        Assert.Equal(1, summary.Expired);
        var item = Assert.Single(await rig.ItemsAsync());
        Assert.Equal(QueueItemState.Expired, item.State);
        Assert.Contains("later", item.LastError, StringComparison.Ordinal);
    }

    private static string Line(ReceivedMessage message, string field) => Encoding.UTF8.GetString(message.Content.Span)
        .Split("\r\n")
        .Single(line => line.StartsWith(field + ":", StringComparison.OrdinalIgnoreCase));

    private static async Task<TimeSpan> TimeOfAsync(SmtpTestServer server, int messages)
    {
        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(server.Port), messages);
        var watch = Stopwatch.StartNew();
        Assert.Equal(messages, (await rig.DistributeAsync()).Sent);
        return watch.Elapsed;
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed class DataWatch : ISmtpServerPolicy
    {
        private volatile bool _hasSeenData;

        public bool HasSeenData => _hasSeenData;

        public SmtpReply? Command(SmtpSessionInfo session, string verb)
        {
            _hasSeenData |= verb == "DATA";
            return null;
        }
    }
}
