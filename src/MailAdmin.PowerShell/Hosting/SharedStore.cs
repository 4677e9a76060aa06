using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>
/// The store of a command, opened when it is first asked for; not before, as that takes time and memory.
/// </summary>
internal sealed class SharedStore : IAsyncDisposable
{
    private readonly Lazy<Task<IMailStore>> _store = new(() => MailStores.OpenAsync(CancellationToken.None));

    /// <summary>The store; opened once for all who ask.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public Task<IMailStore> OpenAsync(CancellationToken cancellationToken) => _store.Value.WaitAsync(cancellationToken);

    /// <summary>The settings that all who use the store share.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public async Task<EmailOptions> ReadOptionsAsync(CancellationToken cancellationToken)
    {
        var store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await EmailOptions.LoadAsync(store.Options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_store.IsValueCreated)
        {
            return;
        }

        try
        {
            var store = await _store.Value.ConfigureAwait(false);
            await store.DisposeAsync().ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // It was not opened; who asked for it has heard of that.
        }
    }
}
