using MailAdmin.Storage.Sqlite;

namespace MailAdmin.Storage;

/// <summary>Opens stores. Nothing of the database is loaded before.</summary>
public static class MailStores
{
    /// <summary>Opens the store that <see cref="StorePlacement.Here"/> finds.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static Task<IMailStore> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync(StorePlacement.Here.Find(), TimeProvider.System, cancellationToken);

    /// <summary>Opens a store, and makes it if it is not there.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="clock">The clock that it follows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static async Task<IMailStore> OpenAsync(
        StoreLocation location, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(location);
        return await SqliteMailStore.OpenAsync(
            location.Path, location.Access, clock, SqliteMailStore.Patience, cancellationToken).ConfigureAwait(false);
    }
}
