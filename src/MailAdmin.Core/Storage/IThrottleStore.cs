namespace MailAdmin.Storage;

/// <summary>
/// Limits and their use, shared by all processes. Windows slide: at any moment the use within the last so many seconds
/// counts, exactly. They follow a clock of the store that never goes back: when the machine's does, the store's stands
/// still for that moment and goes on from there.
/// </summary>
/// <remarks>
/// A reservation takes its place until it is settled, and from then on for the length of each window: the server counts
/// at some moment between the two, so no window of the server holds more than the limit, however long it takes. What an
/// owner leaves behind (its process was killed) counts as settled when its <see cref="Lifetime"/> has passed.
/// </remarks>
public interface IThrottleStore
{
    /// <summary>How long a reservation or a connection lasts without <see cref="RenewAsync"/>.</summary>
    TimeSpan Lifetime { get; }

    /// <summary>The settings of all scopes that have some, as texts; the names of scopes are the caller's.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> GetSettingsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Changes the settings of a scope; null removes them. Items that wait for their turn may ask at once.
    /// </summary>
    Task SetSettingsAsync(string scope, string? settings, CancellationToken cancellationToken);

    /// <summary>Takes the places of an attempt in all windows, or in none and says when to ask again.</summary>
    Task<ThrottleReply> ReserveAsync(ThrottleRequest request, CancellationToken cancellationToken);

    /// <summary>Ends a reservation. One that is gone already is left alone.</summary>
    /// <param name="reservation">From <see cref="ThrottleReply.Reservation"/>.</param>
    /// <param name="isUsed">True when the server may have counted the attempt; false gives the places back.</param>
    /// <param name="cancellationToken">Gives up; the reservation counts as used in the end.</param>
    Task SettleAsync(long reservation, bool isUsed, CancellationToken cancellationToken);

    /// <summary>Keeps the reservations and connections of an owner for another <see cref="Lifetime"/>.</summary>
    Task RenewAsync(string owner, CancellationToken cancellationToken);

    /// <summary>The use of the windows of these limits, in that order.</summary>
    ValueTask<IReadOnlyList<ThrottleUse>> GetUseAsync(
        IReadOnlyList<ThrottleRule> rules, CancellationToken cancellationToken);

    /// <summary>The keys under which something is kept that begin with a text, in order.</summary>
    ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Takes one of a key's connections, unless as many are in use by all processes.</summary>
    /// <returns>The connection's number, to release it; null when none is free.</returns>
    Task<long?> TakeConnectionAsync(string key, int most, string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a connection back, a second later: a server may notice the end of a connection after its peer does.
    /// </summary>
    Task ReleaseConnectionAsync(long connection, CancellationToken cancellationToken);

    /// <summary>How many connections of a key are in use by all processes.</summary>
    ValueTask<int> CountConnectionsAsync(string key, CancellationToken cancellationToken);
}
