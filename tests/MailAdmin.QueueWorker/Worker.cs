using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.QueueWorker;

/// <summary>What the process does, by the product's own parts.</summary>
internal static class Worker
{
    private const int AtOnce = 8;

    public static async Task EnqueueAsync(StoreLocation location, int port, string prefix, int count)
    {
        await using var store = await MailStores.OpenAsync(location, TimeProvider.System, default);
        await using var services = new QueueServices(store, SendMethodCatalog.BuiltIn);
        var route = await services.Queue.PrepareAsync(
            new RouteRequest
            {
                Wishes = new SmtpRoute
                {
                    Host = "127.0.0.1",
                    Port = port,
                    Security = ConnectionSecurity.None,
                    LocalHost = "worker.example.com",
                },
            },
            CancellationToken.None);
        var next = 0;
        var builder = new MessageBuilder();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(AddAsync)));

        async Task AddAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number <= count)
            {
                var message = builder.Build(new MessageDraft
                {
                    From = Mailbox.Parse("sender@example.com"),
                    To = [Mailbox.Parse("anna@example.com")],
                    Subject = $"{prefix}-{number}",
                    TextBody = new string('x', 800),
                });
                var item = await services.Queue.AddAsync(
                    new QueueOrder(message, message.ToEnvelope(), message.Subject), route, default);
                Console.Out.WriteLine($"{item.Subject} {item.MessageId}");
            }
        }
    }

    public static async Task DistributeAsync(StoreLocation location)
    {
        await using var store = await MailStores.OpenAsync(location, TimeProvider.System, default);
        await using var services = new QueueServices(store, SendMethodCatalog.BuiltIn);
        var distributor = services.Distributor(
            new FailurePolicyOptions
            {
                FirstRetry = TimeSpan.FromSeconds(1),
                UnknownOutcomeRetry = TimeSpan.FromSeconds(1),
            },
            notices: null);
        await distributor.RunAsync(
            new DistributorOptions
            {
                Rounds = null,
                Interval = TimeSpan.FromMilliseconds(200),
                Lease = TimeSpan.FromSeconds(25),
                Prefetch = 200,
            },
            observer: null,
            default);
    }
}
