using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Storage;

/// <summary>Items to add, and outcomes to record.</summary>
internal static class QueueSamples
{
    public const string Route = """{"host":"mail.example.com"}""";

    public static readonly SmtpReply Ok = new(250, new EnhancedStatusCode(2, 0, 0), ["taken"]);
    public static readonly SmtpReply TryLater = new(451, new EnhancedStatusCode(4, 3, 0), ["later", "really"]);
    public static readonly SmtpReply Unknown = new(550, new EnhancedStatusCode(5, 1, 1), ["no such user"]);

    public static NewQueueItem Item(
        string content = "Subject: Hello\r\n\r\nIt works.\r\n",
        string destination = "mail.example.com:25",
        params string[] recipients) => new()
    {
        Envelope = new Envelope(
            EmailAddress.Parse("sender@example.com"),
            [
                .. recipients.DefaultIfEmpty("anna@example.com")
                    .Select(address => new EnvelopeRecipient(EmailAddress.Parse(address))),
            ]),
        WriteContentAsync = (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(content), token).AsTask(),
        Destination = destination,
        Route = Route,
        MessageId = "1@example.com",
        Subject = "Hello",
    };

    public static async Task<QueueItem> AddAsync(this IQueueStore queue, NewQueueItem item) =>
        (await queue.AddAsync([item], CancellationToken.None)).Single();

    public static Task<IReadOnlyList<QueueItem>> TakeAsync(
        this IQueueStore queue, int count = 10, string owner = "one", params string[] leaveOut) =>
        queue.TakeAsync(
            new TakeRequest { Owner = owner, Count = count, Destinations = leaveOut.ToDictionary(d => d, _ => 0) },
            CancellationToken.None);

    public static async Task<QueueItem?> FindAsync(this IQueueStore queue, long id) =>
        (await queue.FindAsync(new QueueFilter { Ids = [id] }).ToListAsync()).SingleOrDefault();

    public static IAsyncEnumerable<QueueItem> FindAsync(this IQueueStore queue, QueueFilter filter) =>
        queue.FindAsync(filter, CancellationToken.None);

    public static async Task<bool> RecordAsync(this IQueueStore queue, QueueAttempt attempt) =>
        (await queue.RecordAsync([attempt], CancellationToken.None)).Count == 0;

    public static QueueAttempt Attempt(
        QueueItem item, QueueItemState next, DateTimeOffset? again = null, params SmtpReply[] replies) => new()
    {
        Id = item.Id,
        Owner = item.Owner!,
        NextState = next,
        NextAttemptAt = again,
        Outcomes = [.. item.Recipients.Where(r => r.IsOpen).Zip(replies, (recipient, reply) => new RecipientOutcome(
            recipient.Recipient.Address,
            reply.IsPositive ? RecipientStatus.Accepted
                : reply.IsTransientFailure ? RecipientStatus.Deferred : RecipientStatus.Refused,
            reply))],
    };

    public static async Task<string> ReadAsync(this IQueueStore queue, long id)
    {
        await using var stream = await queue.OpenContentAsync(id, CancellationToken.None);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
