using System.Collections.Concurrent;
using MailAdmin.Addressing;
using MailAdmin.Tests.Smtp;
using MailAdmin.Tests.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Throttling;

public sealed class ThrottledTransportTests : IAsyncDisposable
{
    private static readonly ThrottleScope Scope = ThrottleScope.OfServer("mail.example.com");

    private readonly ModelThrottleStore _store = new(TimeProvider.System);
    private readonly ThrottleGate _gate;
    private readonly FakeTransport _inner = new();
    private readonly SmtpMailRoute _route = new(new SmtpRoute { Host = "mail.example.com" });
    private int? _batchSize;

    public ThrottledTransportTests() =>
        _gate = new ThrottleGate(_store, new ThrottlePolicyFinder(SendMethodCatalog.BuiltIn));

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task Waits_until_there_is_room_says_why_and_keeps_the_order()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(2, LimitUnit.Messages, 1)] });
        var waited = new Waits();
        await using var transport = Open(waited);
        var sent = Enumerable.Range(0, 5)
            .Select(i => transport.SendAsync(To($"r{i}@example.com"), null, default))
            .ToList();
        var reports = await Task.WhenAll(sent);

        Assert.All(reports, report => Assert.Equal(DeliveryStatus.Sent, report.Status));
        Assert.Equal(
            ["r0@example.com", "r1@example.com", "r2@example.com", "r3@example.com", "r4@example.com"],
            _inner.Sent.Select(m => m.Envelope.Recipients[0].Address.ToString()));
        Assert.Equal(new SendLimit(2, LimitUnit.Messages, 1), waited.Told.First()!.Full);
        Assert.Null(waited.Told.Last());
        var times = _inner.At.ToList();
        Assert.True(times[2] - times[0] >= TimeSpan.FromMilliseconds(990), $"{times[2] - times[0]}");
        Assert.True(times[4] - times[2] >= TimeSpan.FromMilliseconds(990), $"{times[4] - times[2]}");
    }

    [Fact]
    public async Task What_never_fits_is_refused_in_a_report()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Recipients, 3600)] });
        await using var transport = Open();
        var report = await transport.SendAsync(To("a@example.com", "b@example.com"), null, default);

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal("ThrottleNeverFits", report.Error?.ErrorId);
        Assert.All(report.Recipients, recipient => Assert.Equal(RecipientStatus.NotTried, recipient.Status));
        Assert.Equal(DeliveryStatus.Sent, (await transport.SendAsync(To("a@example.com"), null, default)).Status);
    }

    [Fact]
    public async Task Who_gives_up_does_not_wait_on()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Messages, 3600)] });
        await using var transport = Open();
        await transport.SendAsync(To("a@example.com"), null, default);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.SendAsync(To("b@example.com"), null, stop.Token));
    }

    [Fact]
    public async Task Has_a_place_for_its_connection_until_it_is_closed()
    {
        await SetAsync(new ThrottleSettings { Connections = 1 });
        await using (var transport = Open())
        {
            Assert.Equal(0, await _store.CountConnectionsAsync(Scope.Key(), default));
            await transport.SendAsync(To("a@example.com"), null, default);
            Assert.Equal(1, await _store.CountConnectionsAsync(Scope.Key(), default));
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await using var other = Open();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => other.SendAsync(To("b@example.com"), null, impatient.Token));
        }

        await using var next = Open();
        Assert.Equal(DeliveryStatus.Sent, (await next.SendAsync(To("b@example.com"), null, default)).Status);
    }

    [Fact]
    public async Task Sends_to_no_more_recipients_at_once_than_the_limits_allow()
    {
        await SetAsync(new ThrottleSettings { RecipientsPerMessage = 3 });
        await using var transport = Open();
        await transport.SendAsync(To("a@example.com"), null, default);

        Assert.Equal(3, _batchSize);
    }

    private ThrottledTransport Open(Waits? waits = null) => new(
        _route,
        _gate,
        route =>
        {
            _batchSize = route.BatchSize;
            return _inner;
        })
    {
        Waiting = waits,
    };

    private Task SetAsync(ThrottleSettings settings) =>
        _store.SetSettingsAsync(Scope.Key(), ThrottleSettingsText.Write(settings), default);

    private static OutgoingMessage To(params string[] recipients) => new(
        new TextMessage("Subject: x\r\n\r\ny\r\n"),
        new Envelope(
            EmailAddress.Parse("sender@example.com"),
            [.. recipients.Select(address => new EnvelopeRecipient(EmailAddress.Parse(address)))]));

    private sealed class Waits : IProgress<ThrottleWaiting?>
    {
        public ConcurrentQueue<ThrottleWaiting?> Told { get; } = new();

        public void Report(ThrottleWaiting? value) => Told.Enqueue(value);
    }

    private sealed class FakeTransport : IMailTransport
    {
        public ConcurrentQueue<OutgoingMessage> Sent { get; } = new();

        public ConcurrentQueue<TimeSpan> At { get; } = new();

        public Task<DeliveryReport> SendAsync(
            OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
        {
            Sent.Enqueue(message);
            At.Enqueue(TimeProvider.System.GetElapsedTime(0));
            return Task.FromResult(new DeliveryReport
            {
                Status = DeliveryStatus.Sent,
                Method = "Smtp",
                Server = "mail.example.com:25",
                Stage = MailAdmin.Smtp.SmtpStage.EndOfData,
                Recipients = [],
            });
        }

        public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => default;
    }
}
