using MailAdmin.PowerShell.Hosting;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Keeping;

/// <summary>The base of the cmdlets that work on the store.</summary>
public abstract class StoreCmdlet : AsyncPSCmdlet
{
    /// <summary>The store, which opens when it is first asked for.</summary>
    private protected SharedStore Shared { get; } = new();

    /// <summary>The open store. On the pipeline thread; work on other threads asks <see cref="Shared"/>.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    private protected IMailStore Store => Await(Shared.OpenAsync);

    /// <inheritdoc/>
    protected override Task CleanUpAsync() => Shared.DisposeAsync().AsTask();
}
