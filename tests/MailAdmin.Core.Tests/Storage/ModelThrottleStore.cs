using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Storage;

/// <summary>
/// The port in the plainest way: lists that are gone through each time. What a store has to agree with.
/// </summary>
internal sealed class ModelThrottleStore(TimeProvider clock) : IThrottleStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _settings = [];
    private readonly Dictionary<string, ThrottleTurn> _turns = [];
    private readonly List<Entry> _entries = [];
    private readonly List<Connection> _connections = [];
    private DateTimeOffset _seen;
    private TimeSpan _ahead;
    private long _last;

    public TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(30);

    private DateTimeOffset Now
    {
        get
        {
            var machine = clock.GetUtcNow();
            _ahead += machine < _seen ? _seen - machine : TimeSpan.Zero;
            _seen = machine;
            return machine + _ahead;
        }
    }

    public ValueTask<IReadOnlyDictionary<string, string>> GetSettingsAsync(CancellationToken cancellationToken) =>
        Do<IReadOnlyDictionary<string, string>>(_ => new Dictionary<string, string>(_settings));

    public Task SetSettingsAsync(string scope, string? settings, CancellationToken cancellationToken) => Do(_ =>
    {
        _turns.Clear();
        return settings is null ? _settings.Remove(scope) : (_settings[scope] = settings) is not null;
    }).AsTask();

    public Task<ThrottleReply> ReserveAsync(ThrottleRequest request, CancellationToken cancellationToken) => Do(now =>
    {
        var windows = request.Rules.Select(rule => Window(rule, now)).ToList();
        var verdict = ThrottleVerdict.Of(request, windows, _turns.GetValueOrDefault(request.TurnKey), now);
        _ = verdict.Turn is null
            ? _turns.Remove(request.TurnKey)
            : (_turns[request.TurnKey] = verdict.Turn) is not null;
        if (!verdict.IsGranted)
        {
            return verdict.Reply;
        }

        _last++;
        _entries.AddRange(request.Charges.Select(c => new Entry(_last, c, request.Owner) { Lease = now + Lifetime }));
        return verdict.Reply with { Reservation = _last };
    }).AsTask();

    public Task SettleAsync(long reservation, bool isUsed, CancellationToken cancellationToken) => Do(now =>
    {
        foreach (var entry in _entries.Where(e => e.Reservation == reservation && e.At is null).ToList())
        {
            entry.At = isUsed ? now + TimeSpan.FromMicroseconds(1) : DateTimeOffset.MinValue;
        }

        return true;
    }).AsTask();

    public Task RenewAsync(string owner, CancellationToken cancellationToken) => Do(now =>
    {
        _entries.Where(e => e.Owner == owner).ToList().ForEach(e => e.Lease = now + Lifetime);
        _connections.Where(c => c.Owner == owner && c.IsOpen).ToList().ForEach(c => c.Lease = now + Lifetime);
        return true;
    }).AsTask();

    public ValueTask<IReadOnlyList<ThrottleUse>> GetUseAsync(
        IReadOnlyList<ThrottleRule> rules, CancellationToken cancellationToken) => Do<IReadOnlyList<ThrottleUse>>(now =>
    [
        .. rules.Select(rule =>
        {
            var window = Window(rule, now);
            var underWay = Of(rule).Where(e => e.At is null).Sum(e => e.Charge.Of(rule.Limit.Unit));
            var wait = window.Fits(1) ? TimeSpan.Zero : window.FreeAt(window.Used + 1 - rule.Limit.Count) - now;
            return new ThrottleUse(rule, window.Used, underWay, wait);
        }),
    ]);

    public ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<string>>(_ =>
        [
            .. _entries.Select(e => e.Charge.Key).Concat(_connections.Select(c => c.Key))
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Distinct().Order(
                    StringComparer.Ordinal),
        ]);

    public Task<long?> TakeConnectionAsync(string key, int most, string owner, CancellationToken cancellationToken) =>
        Do<long?>(now =>
        {
            if (_connections.Count(c => c.Key == key && c.Lease > now) >= most)
            {
                return null;
            }

            _connections.Add(new Connection(++_last, key, owner) { Lease = now + Lifetime });
            return _last;
        }).AsTask();

    public Task ReleaseConnectionAsync(long connection, CancellationToken cancellationToken) => Do(now =>
    {
        foreach (var held in _connections.Where(c => c.Id == connection))
        {
            (held.IsOpen, held.Lease) = (false, now + TimeSpan.FromSeconds(1));
        }

        return true;
    }).AsTask();

    public ValueTask<int> CountConnectionsAsync(string key, CancellationToken cancellationToken) =>
        Do(now => _connections.Count(c => c.Key == key && c.Lease > now));

    private ValueTask<T> Do<T>(Func<DateTimeOffset, T> step)
    {
        lock (_lock)
        {
            var now = Now;
            foreach (var left in _entries.Where(e => e.At is null && e.Lease <= now))
            {
                left.At = left.Lease;
            }

            return ValueTask.FromResult(step(now));
        }
    }

    private IEnumerable<Entry> Of(ThrottleRule rule) => _entries.Where(e => e.Charge.Key == rule.Key);

    private ThrottleWindow Window(ThrottleRule rule, DateTimeOffset now)
    {
        var within = Of(rule).Where(e => e.At is null || e.At > now - rule.Window)
            .OrderBy(e => e.At ?? DateTimeOffset.MaxValue).ToList();
        return new ThrottleWindow(rule, within.Sum(e => (long)e.Charge.Of(rule.Limit.Unit)), need =>
        {
            var last = within.FirstOrDefault(e => (need -= e.Charge.Of(rule.Limit.Unit)) <= 0);
            return (last?.At ?? now) + rule.Window;
        });
    }

    private sealed record Entry(long Reservation, ThrottleCharge Charge, string Owner)
    {
        public DateTimeOffset? At { get; set; }

        public DateTimeOffset Lease { get; set; }
    }

    private sealed record Connection(long Id, string Key, string Owner)
    {
        public bool IsOpen { get; set; } = true;

        public DateTimeOffset Lease { get; set; }
    }
}
