using MailAdmin.Identity.Secrets;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing;

/// <summary>What a process needs to work with the queue of a store, put together.</summary>
public sealed class QueueServices : IAsyncDisposable
{
    private readonly IMailStore _store;
    private readonly TimeProvider _time;
    private readonly SendMethodCatalog _catalog;
    private readonly Lazy<IThrottleGate> _gate;
    private readonly Lazy<RouteOpener> _routes;

    /// <summary>Puts it together; nothing is opened before it is needed.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="catalog">The methods of sending.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public QueueServices(IMailStore store, SendMethodCatalog catalog, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = time ?? TimeProvider.System;
        _catalog = catalog;
        Vault = new RouteVault(Protector(store));
        Queue = new MailQueue(store, Vault, catalog);
        _gate = new Lazy<IThrottleGate>(
            () => new ThrottleGate(store.Throttle, new ThrottlePolicyFinder(catalog), _time));
        _routes = new Lazy<RouteOpener>(() => new RouteOpener(Vault, _catalog, RouteNetwork.OfSystemAsync));
    }

    /// <summary>Writes routes down and reads them.</summary>
    public RouteVault Vault { get; }

    /// <summary>Takes messages.</summary>
    public MailQueue Queue { get; }

    /// <summary>
    /// The secrets of a store: they are bound to its folder, and to the machine or the user as the store is.
    /// </summary>
    public static ISecretProtector Protector(IMailStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var isMachine = store.Location == StorePlacement.Here.Machine.Path;
        return SecretProtector.ForFolder(
            Path.GetDirectoryName(store.Location) ?? ".", isMachine ? SecretAudience.Machine : SecretAudience.Owner);
    }

    /// <summary>Makes a distributor.</summary>
    /// <param name="policy">The intervals of its failure policy.</param>
    /// <param name="notices">Who is told of failures; null for nobody.</param>
    public Distributor Distributor(FailurePolicyOptions policy, IFailureNotices? notices) =>
        new(_store, _gate.Value, new FailurePolicy(policy, Random.Shared), _routes.Value, _time, notices);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gate.IsValueCreated)
        {
            await _gate.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (_routes.IsValueCreated)
        {
            _routes.Value.Dispose();
        }
    }
}
