using MailAdmin.Addressing;
using MailAdmin.Interop.Storage;
using MailAdmin.Mime;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Notices;
using MailAdmin.Storage;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>A queue with a distributor that reports failures to the senders.</summary>
internal sealed class ReportingQueue : IAsyncDisposable
{
    private readonly TestDirectory _directory;
    private readonly IMailStore _store;
    private readonly QueueServices _services;

    private ReportingQueue(TestDirectory directory, IMailStore store)
    {
        _directory = directory;
        _store = store;
        _services = new QueueServices(store, SendMethodCatalog.BuiltIn);
    }

    public static async Task<ReportingQueue> OpenAsync()
    {
        var directory = new TestDirectory("notices");
        var location = new StoreLocation(Path.Combine(directory.Subdirectory("store"), "mail.db"), StoreAccess.Owner);
        return new ReportingQueue(directory, await MailStores.OpenAsync(location, TimeProvider.System, default));
    }

    /// <summary>Where files of the test may lie.</summary>
    public TestDirectory Directory => _directory;

    /// <summary>Queues a message and sends all that is due, the report too.</summary>
    /// <returns>The queued report.</returns>
    public async Task<QueueItem> SendAsync(MessageDraft draft, string host, int port)
    {
        var wishes = new SmtpRoute
        {
            Host = host, Port = port, Security = ConnectionSecurity.None, LocalHost = "relay.example.com",
        };
        var route = await _services.Queue.PrepareAsync(new() { Wishes = wishes }, default);
        var message = new MessageBuilder().Build(draft);
        await _services.Queue.AddAsync(new(message, message.ToEnvelope(), message.Subject), route, default);
        var notices = new FailureNotices(
            _store.Queue, new NoticeOptions { ToSender = true, Host = "relay.example.com" });

        await _services.Distributor(new FailurePolicyOptions(), notices)
            .RunAsync(new DistributorOptions(), observer: null, default);

        var items = await _store.Queue.FindAsync(new QueueFilter(), default).ToListAsync();
        var report = Assert.Single(items, item => item.Sender is null);
        Assert.Equal(QueueItemState.Sent, report.State);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Dispose();
    }
}
