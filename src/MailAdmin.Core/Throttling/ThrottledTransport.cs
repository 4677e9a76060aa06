using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>
/// A transport that waits for room within the limits, for somebody who waits in turn: first for one of the connections,
/// then with each message for its places.
/// </summary>
/// <param name="route">The route.</param>
/// <param name="gate">The limits; asked for the first time with the first message. It stays the caller's.</param>
/// <param name="open">
/// Makes what sends, for the route with as many recipients to a transaction as the limits allow.
/// </param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class ThrottledTransport(
    MailRoute route, IThrottleGate gate, Func<MailRoute, IMailTransport> open, TimeProvider? time = null)
    : IMailTransport
{
    // Limits may be lifted and places given back, so it does not sleep until the time that was foretold.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ThrottleSubject _subject = ThrottleSubject.Of(route);
    private readonly SemaphoreSlim _order = new(1, 1);
    private IMailTransport? _inner;
    private IAsyncDisposable? _connection;

    /// <summary>Told about once a second what is waited for, and null when that is over.</summary>
    public IProgress<ThrottleWaiting?>? Waiting { get; init; }

    /// <inheritdoc/>
    public async Task<DeliveryReport> SendAsync(
        OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var began = _time.GetTimestamp();
        Task<DeliveryReport> sending;
        ThrottlePermit permit;

        // Messages go in the order of the calls, and the next one is at hand while one is under way.
        await _order.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var inner = _inner ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            _connection ??= await ConnectAsync(cancellationToken).ConfigureAwait(false);
            permit = await AcquireAsync(message, cancellationToken).ConfigureAwait(false);
            sending = inner.SendAsync(message, octetsSent, cancellationToken);
        }
        catch (MailException e)
        {
            return NotTried(message, e, _time.GetElapsedTime(began));
        }
        finally
        {
            _order.Release();
        }

        return await SettleAsync(sending, permit).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await (_inner?.CloseAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_inner?.DisposeAsync() ?? default).ConfigureAwait(false);
        await ReleaseAsync().ConfigureAwait(false);
        _order.Dispose();
    }

    private static async Task<DeliveryReport> SettleAsync(Task<DeliveryReport> sending, ThrottlePermit permit)
    {
        try
        {
            var report = await sending.ConfigureAwait(false);
            await permit.SettleAsync(report, CancellationToken.None).ConfigureAwait(false);
            return report;
        }
        catch
        {
            // Given up on the way: the server may have it.
            await permit.SettleAsync(isUsed: true, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<IMailTransport> OpenAsync(CancellationToken cancellationToken)
    {
        var policy = await gate.GetPolicyAsync(_subject, cancellationToken).ConfigureAwait(false);
        return open(policy.RecipientsPerMessage is { } most ? route.AtMost(most) : route);
    }

    private DeliveryReport NotTried(OutgoingMessage message, MailException why, TimeSpan duration) => new()
    {
        Status = why.IsTransient ? DeliveryStatus.Deferred : DeliveryStatus.Failed,
        Method = route.Method,
        Server = route.Server,
        MessageId = message.Content.MessageId,
        Recipients =
        [
            .. message.Envelope.Recipients.Select(r => new RecipientOutcome(r.Address, RecipientStatus.NotTried, null)),
        ],
        Duration = duration,
        Error = why,
    };

    private async Task<IAsyncDisposable> ConnectAsync(CancellationToken cancellationToken)
    {
        var waited = false;
        while (true)
        {
            if (await gate.TryOpenConnectionAsync(_subject, cancellationToken).ConfigureAwait(false) is { } place)
            {
                EndWait(waited);
                return place;
            }

            waited = true;
            var policy = await gate.GetPolicyAsync(_subject, cancellationToken).ConfigureAwait(false);
            var waiting = new ThrottleWaiting(_time.GetUtcNow() + LongestSleep, null, policy.Connections);
            await SleepAsync(waiting, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ThrottlePermit> AcquireAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var asking = new ThrottledMessage
        {
            Route = _subject,
            Recipients = [.. message.Envelope.Recipients.Select(recipient => recipient.Address)],
            BatchSize = route.BatchSize,
        };
        var waited = false;
        while (true)
        {
            switch (await gate.AcquireAsync(asking, cancellationToken).ConfigureAwait(false))
            {
                case ThrottleGranted granted:
                    EndWait(waited);
                    return granted.Permit;
                case ThrottleDeferred { NeverFits: true, Full: { } full }:
                    throw NeverFits(asking, full);
                case ThrottleDeferred deferred:
                    waited = true;
                    await SleepAsync(new ThrottleWaiting(deferred.Until, deferred.Full, null), cancellationToken)
                        .ConfigureAwait(false);
                    break;
            }
        }
    }

    private static ThrottleException NeverFits(ThrottledMessage message, SendLimit full) => new(
        "ThrottleNeverFits",
        $"A message to {message.Recipients.Count} recipients does not fit into the limit of {full} at all.",
        "Send it to fewer recipients at a time, raise the limit with Set-EmailThrottle, or use -NoThrottle.",
        MailErrorKind.Limit);

    private void EndWait(bool waited)
    {
        if (waited)
        {
            Waiting?.Report(null);
        }
    }

    private Task SleepAsync(ThrottleWaiting waiting, CancellationToken cancellationToken)
    {
        Waiting?.Report(waiting);
        var wait = waiting.Until - _time.GetUtcNow();
        return Task.Delay(
            wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep, _time, cancellationToken);
    }

    private async ValueTask ReleaseAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } place)
        {
            await place.DisposeAsync().ConfigureAwait(false);
        }
    }
}
