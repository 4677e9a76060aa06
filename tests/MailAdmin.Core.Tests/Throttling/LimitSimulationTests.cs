using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Storage;
using MailAdmin.Tests.Server.Personalities;
using MailAdmin.Tests.Storage.Sqlite;
using MailAdmin.Throttling;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;
using Xunit.Abstractions;

namespace MailAdmin.Tests.Throttling;

/// <summary>
/// Twenty minutes of four senders that share a store, by an injected clock, against a server that counts: it refuses
/// the 31st message of a minute, and messages on a fourth connection.
/// </summary>
public sealed class LimitSimulationTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int PerMinute = 30;
    private const int Minutes = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(5);

    private readonly WallClock _clock = new();
    private readonly SqliteStoreFolder _folder = new();
    private readonly Random _random = new(11);
    private readonly List<IMailStore> _stores = [];
    private readonly List<Sender> _senders = [];
    private readonly SortedDictionary<long, (int Deferrals, DateTimeOffset Due)> _queue = [];
    private readonly List<(DateTimeOffset At, bool IsForced)> _counted = [];
    private readonly List<string> _refused = [];
    private int _deferrals;

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
        {
            await sender.Gate.DisposeAsync();
        }

        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task The_server_never_counts_more_and_nearly_all_that_it_allows_is_used()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new ExchangeOnlineSubmission(new() { Accounts = [new MailboxAccount(PersonalityClient.User)] }, _clock)
                .Apply(new()));
        await StartSendersAsync(4);
        for (var item = 1L; item <= 2 * PerMinute * Minutes; item++)
        {
            _queue.Add(item, (0, _clock.Now));
        }

        var end = _clock.Now + TimeSpan.FromMinutes(Minutes);
        while (_clock.Now < end)
        {
            var next = _senders.MinBy(sender => sender.NextAt)!;
            await AdvanceToAsync(next.NextAt);
            await StepAsync(next, server);
        }

        foreach (var sender in _senders)
        {
            await CloseAsync(sender);
        }

        var within = _counted.Where(message => message.At < end).ToList();
        var most = within.Max(last => within.Count(m => !m.IsForced && m.At > last.At - Window && m.At <= last.At));
        var use = 100.0 * within.Count / (PerMinute * Minutes);
        output.WriteLine(
            $"{within.Count} messages in {Minutes} minutes, {use:F1}% of the limit; at most {most} within 60 s; "
            + $"{within.Count(m => m.IsForced)} forced; {_deferrals} deferrals; "
            + $"{_refused.Count} refused by the server");
        Assert.Empty(_refused);
        Assert.True(most <= PerMinute, $"{most} within a minute");
        Assert.DoesNotContain(within, message => message.IsForced);
        Assert.True(use >= 95, $"{use:F1}% used");
        Assert.Equal(server.MessageCount, _counted.Count);
    }

    private async Task StartSendersAsync(int count)
    {
        var settings = new ThrottleSettings
        {
            Limits = [new SendLimit(PerMinute, LimitUnit.Messages, 60)],
            Connections = 3,
        };
        for (var i = 0; i < count; i++)
        {
            var store = await _folder.OpenAsync(_clock);
            _stores.Add(store);
            await store.Throttle.SetSettingsAsync(
                ThrottleScope.OfServer("localhost").Key(), ThrottleSettingsText.Write(settings), default);
            var gate = new ThrottleGate(store.Throttle, new ThrottlePolicyFinder(SendMethodCatalog.BuiltIn), _clock);
            _senders.Add(new Sender(gate) { NextAt = _clock.Now });
        }
    }

    private async Task StepAsync(Sender sender, SmtpTestServer server)
    {
        if (sender.Permit is { } permit)
        {
            if (sender.Report is null)
            {
                sender.Report = await PersonalityClient.SendAsync(sender.Transport!);
                Record(sender.Report, sender.IsForced);
                sender.NextAt = _clock.Now + Soon(300);
                return;
            }

            await permit.SettleAsync(sender.Report, default);
            (sender.Permit, sender.Report) = (null, null);
        }

        if (sender.Transport is not null && _random.Next(25) == 0)
        {
            await CloseAsync(sender);
        }

        if (sender.Transport is null && !await ConnectAsync(sender, server))
        {
            sender.NextAt = _clock.Now + TimeSpan.FromSeconds(2);
            return;
        }

        await AskAsync(sender);
    }

    private async Task AskAsync(Sender sender)
    {
        var (item, (deferrals, due)) = _queue.FirstOrDefault(entry => entry.Value.Due <= _clock.Now);
        if (item == 0)
        {
            sender.NextAt = _queue.Values.Min(entry => entry.Due);
            return;
        }

        _queue.Remove(item);
        switch (await sender.Gate.AcquireAsync(Message(item, deferrals), default))
        {
            case ThrottleGranted granted:
                (sender.Permit, sender.IsForced) = (granted.Permit, granted.IsForced);
                sender.NextAt = _clock.Now + Soon(300);
                break;
            case ThrottleDeferred deferred:
                _deferrals += deferred.IsCounted ? 1 : 0;
                Assert.InRange(deferred.Until - _clock.Now, TimeSpan.Zero, Window + TimeSpan.FromSeconds(1));
                _queue.Add(item, (deferrals + (deferred.IsCounted ? 1 : 0), deferred.Until));
                sender.NextAt = deferred.Until;
                break;
        }
    }

    private async Task<bool> ConnectAsync(Sender sender, SmtpTestServer server)
    {
        var subject = new ThrottleSubject("Smtp", "localhost", null);
        sender.Place = await sender.Gate.TryOpenConnectionAsync(subject, default);
        sender.Transport = sender.Place is null
            ? null
            : PersonalityClient.Connect(server, PersonalityClient.Password());
        return sender.Place is not null;
    }

    private static async Task CloseAsync(Sender sender)
    {
        if (sender.Transport is not null)
        {
            await sender.Transport.DisposeAsync();
            await sender.Place!.DisposeAsync();
            sender.Transport = null;
        }
    }

    private void Record(DeliveryReport report, bool isForced)
    {
        if (report.Status == DeliveryStatus.Sent)
        {
            _counted.Add((_clock.Now, isForced));
        }
        else
        {
            _refused.Add(PersonalityClient.Refusal(report) ?? report.Error?.Message ?? "?");
        }
    }

    // As the timers of the gates would, in twenty minutes that pass.
    private async Task AdvanceToAsync(DateTimeOffset time)
    {
        while (_clock.Now < time)
        {
            var step = time - _clock.Now;
            _clock.Advance(step < RenewalPause ? step : RenewalPause);
            await Task.WhenAll(_senders.Select(sender => sender.Gate.RenewAsync()));
        }
    }

    private TimeSpan Soon(int milliseconds) => TimeSpan.FromMicroseconds(_random.Next(milliseconds * 1000));

    private static ThrottledMessage Message(long item, int deferrals) => new()
    {
        Route = new ThrottleSubject("Smtp", "localhost", null),
        Recipients = [EmailAddress.Parse("anna@contoso.com")],
        Item = item,
        Deferrals = deferrals,
    };

    private sealed class Sender(ThrottleGate gate)
    {
        public ThrottleGate Gate { get; } = gate;

        public DateTimeOffset NextAt { get; set; }

        public IAsyncDisposable? Place { get; set; }

        public SmtpTransport? Transport { get; set; }

        public ThrottlePermit? Permit { get; set; }

        public DeliveryReport? Report { get; set; }

        public bool IsForced { get; set; }
    }
}
