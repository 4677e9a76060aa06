using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage;

/// <summary>
/// Limits and their use, by scope: a provider, a profile or a server, as the caller names them. Windows slide: at any
/// moment the use within the last so many seconds counts, exactly.
/// </summary>
public interface IThrottleStore
{
    /// <summary>The settings of a scope as they were set; null when there are none.</summary>
    ValueTask<string?> GetSettingsAsync(string scope, CancellationToken cancellationToken);

    /// <summary>The settings of all scopes that have some.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> GetAllSettingsAsync(CancellationToken cancellationToken);

    /// <summary>Sets the settings of a scope; null removes them.</summary>
    Task SetSettingsAsync(string scope, string? settings, CancellationToken cancellationToken);

    /// <summary>
    /// Reserves room within all limits of a scope, or none. A reservation counts as used at every moment until it is
    /// settled or cancelled: so no window holds more than its limit, however long a server takes. One that is neither
    /// (its process was killed) counts as used when <see cref="ThrottleRequest.Hold"/> ran out.
    /// </summary>
    Task<ThrottleReply> ReserveAsync(ThrottleRequest request, CancellationToken cancellationToken);

    /// <summary>The attempt took place: it counts as used now.</summary>
    Task SettleAsync(IReadOnlyList<long> reservations, CancellationToken cancellationToken);

    /// <summary>The attempt did not take place: the room is free again.</summary>
    Task CancelAsync(IReadOnlyList<long> reservations, CancellationToken cancellationToken);

    /// <summary>The use within the windows of these limits, in that order.</summary>
    ValueTask<IReadOnlyList<ThrottleUse>> GetUseAsync(
        string scope, IReadOnlyList<SendLimit> limits, CancellationToken cancellationToken);

    /// <summary>Takes one of a scope's connections for a time, unless as many are in use by all processes.</summary>
    /// <returns>The connection's number, to renew and release it; null when none is free.</returns>
    Task<long?> TakeConnectionAsync(
        string scope, int most, string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Extends the leases of connections.</summary>
    /// <returns>Those that are still held.</returns>
    Task<IReadOnlyList<long>> RenewConnectionsAsync(
        IReadOnlyList<long> connections, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives connections back.</summary>
    Task ReleaseConnectionsAsync(IReadOnlyList<long> connections, CancellationToken cancellationToken);

    /// <summary>How many connections of a scope are in use by all processes.</summary>
    ValueTask<int> CountConnectionsAsync(string scope, CancellationToken cancellationToken);
}
