using System.Collections.Concurrent;
using MailAdmin.Storage;

namespace MailAdmin.Throttling;

/// <summary>
/// The gate before the windows of a store. It keeps alive what it was granted, by renewing it from time to time; what
/// could not be settled is settled later.
/// </summary>
public sealed class ThrottleGate : IThrottleGate
{
    // Settings that another process changes hold within this time.
    private static readonly TimeSpan SettingsAge = TimeSpan.FromSeconds(1);

    private readonly IThrottleStore _store;
    private readonly ThrottlePolicyFinder _finder;
    private readonly TimeProvider _time;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly ITimer _renewal;
    private readonly ConcurrentDictionary<long, bool> _held = new();
    private readonly ConcurrentQueue<(long Reservation, bool IsUsed)> _owed = new();
    private readonly ConcurrentDictionary<long, bool> _connections = new();
    private volatile KnownSettings? _settings;

    /// <summary>Creates the gate of a process.</summary>
    /// <param name="store">Where the windows are.</param>
    /// <param name="finder">Finds the limits of a route.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public ThrottleGate(IThrottleStore store, ThrottlePolicyFinder finder, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _finder = finder;
        _time = time ?? TimeProvider.System;
        var pause = store.Lifetime / 3;
        _renewal = _time.CreateTimer(_ => _ = RenewAsync(), null, pause, pause);
    }

    /// <inheritdoc/>
    public async Task<ThrottleDecision> AcquireAsync(ThrottledMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var policy = await GetPolicyAsync(message.Route, cancellationToken).ConfigureAwait(false);
        if (policy.Rules.Count == 0)
        {
            return new ThrottleGranted(ThrottlePermit.Free, IsForced: false);
        }

        var request = new ThrottleRequest
        {
            Rules = policy.Rules,
            Charges = policy.Charges(message.Recipients, message.BatchSize),
            Owner = _owner,
            Item = message.Item,
            DeferralLength = policy.DeferralLength,
            MayForce = message.Deferrals >= policy.Deferrals,
        };
        var reply = await _store.ReserveAsync(request, cancellationToken).ConfigureAwait(false);
        if (reply.Reservation is { } reservation)
        {
            _held[reservation] = true;
            var permit = new ThrottlePermit((isUsed, token) => SettleAsync(reservation, isUsed, token));
            return new ThrottleGranted(permit, reply.IsForced);
        }

        var until = _time.GetUtcNow() + reply.Wait;
        return new ThrottleDeferred(until, reply.IsCounted, reply.Full?.Limit, reply.NeverFits);
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable?> TryOpenConnectionAsync(
        ThrottleSubject route, CancellationToken cancellationToken)
    {
        var policy = await GetPolicyAsync(route, cancellationToken).ConfigureAwait(false);
        if (policy.Connections is not { } most)
        {
            return new Place(this, null);
        }

        var connection = await _store.TakeConnectionAsync(policy.Key, most, _owner, cancellationToken)
            .ConfigureAwait(false);
        if (connection is not { } number)
        {
            return null;
        }

        _connections[number] = true;
        return new Place(this, number);
    }

    /// <inheritdoc/>
    public async Task<ThrottlePolicy> GetPolicyAsync(ThrottleSubject route, CancellationToken cancellationToken)
    {
        var settings = _settings;
        if (settings is null || _time.GetElapsedTime(settings.ReadAt) >= SettingsAge)
        {
            var values = await ThrottleSettingsText.ReadAsync(_store, cancellationToken).ConfigureAwait(false);
            _settings = settings = new KnownSettings(values, _time.GetTimestamp());
        }

        return settings.Policies.GetOrAdd(route, subject => _finder.Find(subject, settings.Values));
    }

    /// <summary>Stops renewing: what is still held ages out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync().ConfigureAwait(false);
        await PayOwedAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SettleAsync(long reservation, bool isUsed, CancellationToken cancellationToken)
    {
        if (_held.TryRemove(reservation, out _))
        {
            _owed.Enqueue((reservation, isUsed));
            await PayOwedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // The message is out or not, whatever the store says now: a settlement that fails is made up for.
    private async Task PayOwedAsync(CancellationToken cancellationToken)
    {
        while (_owed.TryDequeue(out var settlement))
        {
            try
            {
                await _store.SettleAsync(settlement.Reservation, settlement.IsUsed, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (Exception e) when (e is StoreException or OperationCanceledException)
            {
                _owed.Enqueue(settlement);
                return;
            }
        }
    }

    /// <summary>Keeps what is held alive; its timer does so as well.</summary>
    internal async Task RenewAsync()
    {
        if (_held.IsEmpty && _connections.IsEmpty && _owed.IsEmpty)
        {
            return;
        }

        try
        {
            await PayOwedAsync(CancellationToken.None).ConfigureAwait(false);
            await _store.RenewAsync(_owner, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The next one is in time still, or what is held ages out, which is on the safe side.
        }
    }

    private async ValueTask ReleaseAsync(long connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            try
            {
                await _store.ReleaseConnectionAsync(connection, CancellationToken.None).ConfigureAwait(false);
            }
            catch (StoreException)
            {
                // It ages out once nothing else of this gate is held.
            }
        }
    }

    private sealed record KnownSettings(IReadOnlyDictionary<ThrottleScope, ThrottleSettings> Values, long ReadAt)
    {
        public ConcurrentDictionary<ThrottleSubject, ThrottlePolicy> Policies { get; } = new();
    }

    private sealed class Place(ThrottleGate gate, long? connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => connection is { } number ? gate.ReleaseAsync(number) : default;
    }
}
