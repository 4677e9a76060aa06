using MailAdmin.PowerShell.Hosting;
using MailAdmin.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Sending;

/// <summary>The limits of a command's store, which opens with the first question.</summary>
internal sealed class StoreGate : IThrottleGate
{
    private readonly Lazy<Task<ThrottleGate>> _gate;

    /// <summary>Makes the gate.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="finder">Finds the limits of a route.</param>
    public StoreGate(SharedStore store, ThrottlePolicyFinder finder) => _gate = new(async () =>
    {
        var opened = await store.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        return new ThrottleGate(opened.Throttle, finder);
    });

    /// <summary>The gate for a route; null when it has no limits, so that no store is touched.</summary>
    public static StoreGate? For(MailRoute route, SharedStore store)
    {
        var finder = new ThrottlePolicyFinder(
            SendMethodCatalog.Load(Environment.GetEnvironmentVariable(SendMethodCatalog.FileVariable)));
        return StorePlacement.Here.Find().HasLimits || !finder.Find(ThrottleSubject.Of(route)).IsUnlimited
            ? new StoreGate(store, finder)
            : null;
    }

    /// <inheritdoc/>
    public async Task<ThrottleDecision> AcquireAsync(ThrottledMessage message, CancellationToken cancellationToken)
    {
        var gate = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await gate.AcquireAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable?> TryOpenConnectionAsync(
        ThrottleSubject route, CancellationToken cancellationToken)
    {
        var gate = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await gate.TryOpenConnectionAsync(route, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ThrottlePolicy> GetPolicyAsync(ThrottleSubject route, CancellationToken cancellationToken)
    {
        var gate = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await gate.GetPolicyAsync(route, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gate is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _gate.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<ThrottleGate> OpenAsync(CancellationToken cancellationToken) =>
        _gate.Value.WaitAsync(cancellationToken);
}
