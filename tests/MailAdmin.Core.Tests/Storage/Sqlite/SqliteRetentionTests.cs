using MailAdmin.Storage;

namespace MailAdmin.Tests.Storage.Sqlite;

public sealed class SqliteRetentionTests : RetentionContract
{
    private readonly SqliteStoreFolder _folder = new();

    protected override Task<IMailStore> OpenAsync() => _folder.OpenAsync(Clock);

    protected override Task RemoveAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
