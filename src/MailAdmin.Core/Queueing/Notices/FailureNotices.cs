using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Notices;

/// <summary>
/// Tells the sender, somebody else, or both, with a report of RFC 3464 that waits in the queue like any other message
/// and goes the way that the failed one went. Its reverse-path is empty, so that nothing comes back to it, and a
/// message with an empty reverse-path is never reported: no notice is ever made about a notice.
/// </summary>
/// <param name="queue">Where the notices wait.</param>
/// <param name="options">Who is told.</param>
public sealed class FailureNotices(IQueueStore queue, NoticeOptions options) : IFailureNotices
{
    private const int MostHeaderOctets = 64 * 1024;

    /// <summary>Tells the alert address of a store's options, and the senders if that is wished.</summary>
    /// <param name="store">The store.</param>
    /// <param name="toSender">True to tell the message's sender.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when nobody is to be told.</returns>
    public static async Task<FailureNotices?> ForAsync(
        IMailStore store, bool toSender, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var set = await EmailOptions.LoadAsync(store.Options, cancellationToken).ConfigureAwait(false);
        var alert = set.AlertAddress is { } address ? Mailbox.Parse(address) : null;
        return alert is null && !toSender
            ? null
            : new FailureNotices(store.Queue, NoticeOptions.OfThisMachine(toSender, alert));
    }

    /// <inheritdoc/>
    public async Task NotifyAsync(
        QueueItem item,
        AttemptVerdict verdict,
        DeliveryReport? report,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(verdict);
        var failed = FailedRecipient.Of(item, verdict, report);
        var told = Told(item, failed);
        if (told.Count == 0 || failed.Count == 0)
        {
            return;
        }

        var notice = new FailureReport
        {
            Host = options.Host,
            To = told[0],
            MessageId = Id(item),
            Date = now,
            ArrivedAt = item.QueuedAt,
            LastAttemptAt = report is null ? item.LastAttemptAt : now,
            EnvelopeId = item.EnvelopeId,
            Subject = item.Subject,
            OriginalMessageId = item.MessageId,
            Recipients = failed,
            OriginalHeaders = await HeadersAsync(item, cancellationToken).ConfigureAwait(false),
        };
        var content = await notice.ToBytesAsync(cancellationToken).ConfigureAwait(false);
        await queue.AddAsync(
            [
                new NewQueueItem
                {
                    Envelope = new Envelope(
                        null, [.. told.Select(to => new EnvelopeRecipient(to.Address, DsnNotify.Never))]),
                    WriteContentAsync = (stream, token) => stream.WriteAsync(content, token).AsTask(),
                    Destination = item.Destination,
                    Route = await queue.GetRouteAsync(item.RouteId, cancellationToken).ConfigureAwait(false),
                    MessageId = notice.MessageId,
                    Subject = FailureReport.SubjectText,
                },
            ],
            cancellationToken).ConfigureAwait(false);
    }

    private List<Mailbox> Told(QueueItem item, IReadOnlyList<FailedRecipient> failed)
    {
        var told = new List<Mailbox>();
        if (item.Sender is not { } sender)
        {
            return told;
        }

        if (options.ToSender && failed.Any(recipient => recipient.WantsNotice))
        {
            told.Add(new Mailbox(null, sender));
        }

        if (options.AlertAddress is { } alert && told.All(one => one.Address != alert.Address))
        {
            told.Add(alert);
        }

        return told;
    }

    /// <summary>
    /// The same for the same end of the same item: a crash may make a notice twice, and then it is one message.
    /// </summary>
    private string Id(QueueItem item)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture, $"{item.Id} {item.MessageId} {item.QueuedAt.UtcTicks} {item.Attempts}");
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(about)))[..32].ToLowerInvariant();
        return $"notice.{hash}@{options.Host}";
    }

    private async Task<byte[]> HeadersAsync(QueueItem item, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await queue.OpenContentAsync(item.Id, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var start = new byte[MostHeaderOctets];
                var length = await stream.ReadAtLeastAsync(
                    start, start.Length, throwOnEndOfStream: false, cancellationToken)
                    .ConfigureAwait(false);
                return start[..EndOfHeaders(start.AsSpan(0, length))];
            }
        }
        catch (StoreException e) when (e.Fault == StoreFault.NotFound)
        {
            return [];
        }
    }

    /// <summary>Behind the last field; where the fields are too many, behind the last one that is whole.</summary>
    private static int EndOfHeaders(ReadOnlySpan<byte> start)
    {
        var blank = start.IndexOf("\r\n\r\n"u8);
        if (blank >= 0)
        {
            return blank + 2;
        }

        for (var end = start.LastIndexOf("\r\n"u8); end > 0; end = start[..end].LastIndexOf("\r\n"u8))
        {
            if (end + 2 < start.Length && start[end + 2] is not ((byte)' ' or (byte)'\t'))
            {
                return end + 2;
            }
        }

        return 0;
    }
}
