using MailAdmin.Queueing;
using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Cli.Queueing;

/// <summary>The store that a command works on, with what belongs to its queue.</summary>
internal sealed class OpenQueue : IAsyncDisposable
{
    private OpenQueue(IMailStore store, QueueServices services)
    {
        Store = store;
        Services = services;
    }

    public IMailStore Store { get; }

    public QueueServices Services { get; }

    /// <summary>Opens the store that the environment names, else the machine's, else this user's.</summary>
    /// <exception cref="MailException">It cannot be used, or the file of sending methods is not readable.</exception>
    public static async Task<OpenQueue> OpenAsync(CliHost host, CancellationToken cancellationToken)
    {
        var catalog = SendMethodCatalog.Load(host.Environment(SendMethodCatalog.FileVariable));
        var named = host.Environment(StorePlacement.Variable) is { Length: > 0 } path ? Path.GetFullPath(path) : null;
        var location = (StorePlacement.Here with { Named = named }).Find();
        var store = await MailStores.OpenAsync(location, host.Time, cancellationToken);
        return new OpenQueue(store, new QueueServices(store, catalog, host.Time));
    }

    /// <summary>The items that fit, oldest first.</summary>
    public async Task<IReadOnlyList<QueueItem>> FindAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        var found = new List<QueueItem>();
        await foreach (var item in Store.Queue.FindAsync(filter, cancellationToken))
        {
            found.Add(item);
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Store.DisposeAsync();
    }
}
