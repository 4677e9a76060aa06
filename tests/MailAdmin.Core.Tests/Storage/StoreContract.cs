using MailAdmin.Storage;
using MailAdmin.Tests.Server.Personalities;

namespace MailAdmin.Tests.Storage;

/// <summary>What every store must do; a store's own tests say how to open an empty one.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private IMailStore? _store;

    internal SettableTime Clock { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    protected IMailStore Store => _store!;

    protected IQueueStore Queue => Store.Queue;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await RemoveAsync();
    }

    /// <summary>Opens the store of this test, which is empty the first time; it follows <see cref="Clock"/>.</summary>
    protected abstract Task<IMailStore> OpenAsync();

    /// <summary>Removes it after the test.</summary>
    protected abstract Task RemoveAsync();

    /// <summary>Closes the store and opens it again, as another process would.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync();
    }
}
