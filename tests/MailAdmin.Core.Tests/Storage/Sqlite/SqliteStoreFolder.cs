using MailAdmin.Storage;
using MailAdmin.Storage.Sqlite;

namespace MailAdmin.Tests.Storage.Sqlite;

/// <summary>A folder with a SQLite store for one test.</summary>
internal sealed class SqliteStoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-store-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "mail.db");

    public async Task<IMailStore> OpenAsync(TimeProvider clock, TimeSpan? patience = null) =>
        await SqliteMailStore.OpenAsync(
            Path, StoreAccess.Owner, clock, patience ?? SqliteMailStore.Patience, CancellationToken.None);

    public void Dispose() => _folder.Delete(recursive: true);
}
