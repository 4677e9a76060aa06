using System.Collections.Concurrent;
using MailAdmin.Addressing;
using MailAdmin.Identity.Secrets;
using MailAdmin.Mime;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Tests.Storage;
using MailAdmin.Tests.Storage.Sqlite;
using MailAdmin.Throttling;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Queueing;

/// <summary>A store, a queue and distributors on it.</summary>
internal sealed class QueueRig : IAsyncDisposable, IDistributorObserver
{
    private readonly SqliteStoreFolder _folder = new();
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("queue-keys-");
    private readonly RouteOpener _routes;

    private QueueRig(IThrottleGate gate, FailurePolicyOptions policy, IFailureNotices? notices)
    {
        Vault = new RouteVault(SecretProtector.ForFolder(_keys.FullName, SecretAudience.Owner));
        _routes = new RouteOpener(Vault, SendMethodCatalog.BuiltIn, RouteNetwork.OfSystemAsync);
        Gate = gate;
        Policy = new FailurePolicy(policy, new Random(7));
        Notices = notices;
    }

    public static FailurePolicyOptions Hasty { get; } = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(150),
        FirstDestinationRetry = TimeSpan.FromMilliseconds(150),
        UnknownOutcomeRetry = TimeSpan.FromMilliseconds(150),
        Jitter = 0,
    };

    public IMailStore Store { get; private set; } = null!;

    /// <summary>What distributors work with; null for <see cref="Store"/> itself.</summary>
    public IMailStore? DistributedStore { get; set; }

    public RouteVault Vault { get; }

    public IThrottleGate Gate { get; }

    public FailurePolicy Policy { get; }

    public IFailureNotices? Notices { get; set; }

    public MailQueue Queue { get; private set; } = null!;

    public ConcurrentQueue<DistributedItem> Items { get; } = new();

    public ConcurrentQueue<DestinationState> Closed { get; } = new();

    public ConcurrentQueue<StoreException> UpkeepFailures { get; } = new();

    public static async Task<QueueRig> OpenAsync(
        IThrottleGate? gate = null, FailurePolicyOptions? policy = null, IFailureNotices? notices = null)
    {
        var rig = new QueueRig(gate ?? new FreeGate(), policy ?? new FailurePolicyOptions(), notices);
        rig.Store = await rig._folder.OpenAsync(TimeProvider.System);
        rig.Queue = new MailQueue(rig.Store, rig.Vault, SendMethodCatalog.BuiltIn);
        return rig;
    }

    public static SmtpRoute To(int port) => new()
    {
        Host = "127.0.0.1", Port = port, Security = ConnectionSecurity.None, LocalHost = "client.example.com",
    };

    public async Task<IReadOnlyList<QueueItem>> AddAsync(SmtpRoute route, int count, params string[] recipients)
    {
        var prepared = await Queue.PrepareAsync(new RouteRequest { Wishes = route }, default);
        var builder = new MessageBuilder();
        var adding = Enumerable.Range(0, count).Select(number =>
        {
            var message = builder.Build(new MessageDraft
            {
                From = Mailbox.Parse("sender@example.com"),
                To = [.. recipients.DefaultIfEmpty("anna@example.com").Select(Mailbox.Parse)],
                Subject = $"Message {number}",
                TextBody = "It works.",
            });
            return Queue.AddAsync(new QueueOrder(message, message.ToEnvelope(), message.Subject), prepared, default);
        });
        return await Task.WhenAll(adding);
    }

    public Task<DistributorSummary> DistributeAsync(
        DistributorOptions? options = null, CancellationToken stop = default) =>
        new Distributor(DistributedStore ?? Store, Gate, Policy, _routes, notices: Notices)
            .RunAsync(options ?? new DistributorOptions(), this, stop);

    public async Task<IReadOnlyList<QueueItem>> ItemsAsync() =>
        await Store.Queue.FindAsync(new QueueFilter(), default).ToListAsync();

    public void OnItem(DistributedItem item) => Items.Enqueue(item);

    public void OnDestinationClosed(DestinationState state) => Closed.Enqueue(state);

    public void OnUpkeepFailed(StoreException failure) => UpkeepFailures.Enqueue(failure);

    public void OnProgress(int done, int inWork)
    {
    }

    public async ValueTask DisposeAsync()
    {
        _routes.Dispose();
        await Store.DisposeAsync();
        _folder.Dispose();
        _keys.Delete(recursive: true);
    }
}
