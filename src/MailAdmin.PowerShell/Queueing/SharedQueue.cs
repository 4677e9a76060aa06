using MailAdmin.PowerShell.Hosting;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>The store of a command and what belongs to its queue, opened when they are first asked for.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="shared">Its store, which stays the command's; null for one of this object's own.</param>
internal sealed class SharedQueue(AsyncPSCmdlet cmdlet, SharedStore? shared = null) : IAsyncDisposable
{
    private readonly SharedStore _shared = shared ?? new SharedStore();
    private QueueServices? _services;
    private IMailStore? _store;

    /// <summary>The store.</summary>
    public IMailStore Store => _store ??= cmdlet.Await(_shared.OpenAsync);

    /// <summary>What belongs to its queue.</summary>
    public QueueServices Services => _services ??= new QueueServices(
        Store, SendMethodCatalog.Load(Environment.GetEnvironmentVariable(SendMethodCatalog.FileVariable)));

    /// <summary>The way for the messages to come: what the parameters say, else what the options say.</summary>
    /// <param name="request">From the parameters; null when they say nothing.</param>
    /// <exception cref="MailException">Neither says anything, or it cannot be used so.</exception>
    public QueueRoute Route(RouteRequest? request)
    {
        if (request is null)
        {
            var options = cmdlet.Await(_shared.ReadOptionsAsync);
            request = options.BatchRoute is { } route
                ? Services.Vault.Read(route)
                : throw new InputException(
                    "NoServer",
                    "It is not said which server is to take the mail.",
                    "Use -Server or -Method, set $PSEmailServer to the server's name, or set the batch provider with "
                    + "Set-EmailOption.");
        }

        var queue = Services.Queue;
        return cmdlet.Await(token => queue.PrepareAsync(request, token));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync().ConfigureAwait(false);
        }

        if (shared is null)
        {
            await _shared.DisposeAsync().ConfigureAwait(false);
        }
    }
}
