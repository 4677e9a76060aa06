using MailAdmin.Benchmarks.Wire;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Benchmarks.Queueing;

/// <summary>A store of its own, in a folder that goes with it.</summary>
internal sealed class FilledQueue : IAsyncDisposable
{
    // As many as the module has under way when messages come down a pipeline.
    private const int AtOnce = 128;

    private readonly DirectoryInfo _folder;
    private readonly IMailStore _store;
    private readonly QueueServices _services;
    private Task _run = Task.CompletedTask;

    private FilledQueue(DirectoryInfo folder, IMailStore store)
    {
        _folder = folder;
        _store = store;
        _services = new QueueServices(store, SendMethodCatalog.BuiltIn);
    }

    public static async Task<FilledQueue> OpenAsync(string root)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, $"mailadmin-bench-{Guid.NewGuid():N}"));
        var location = new StoreLocation(Path.Combine(folder.FullName, "store.db"), StoreAccess.Owner);
        var store = await MailStores.OpenAsync(location, TimeProvider.System, CancellationToken.None);
        return new FilledQueue(folder, store);
    }

    /// <summary>Queues a scenario's messages, composed anew each.</summary>
    public async Task FillAsync(WireScenario scenario, int port)
    {
        var route = await _services.Queue.PrepareAsync(
            new RouteRequest
            {
                Wishes = new SmtpRoute { Host = "127.0.0.1", Port = port, LocalHost = "bench.example" },
            },
            CancellationToken.None);
        var content = new ScenarioMessages(scenario);
        for (var done = 0; done < scenario.Messages; done += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, scenario.Messages - done)).Select(_ =>
            {
                var message = content.Compose();
                return _services.Queue.AddAsync(
                    new QueueOrder(message.Content, message.Envelope, "Nightly report"), route, CancellationToken.None);
            }));
        }
    }

    /// <summary>
    /// Sends all that waits, until the last outcome is written down; the distributor winds up after that.
    /// </summary>
    public Task DistributeAsync(DistributorOptions options, int expected)
    {
        var sent = new SentCount(expected);
        _run = _services.Distributor(new FailurePolicyOptions(), notices: null)
            .RunAsync(options, sent, CancellationToken.None);
        return sent.Reached;
    }

    public async ValueTask DisposeAsync()
    {
        await _run;
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
