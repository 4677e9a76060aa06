using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Queueing.Routes;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing;

/// <summary>
/// Puts messages into the queue. Message-ID and Date are fixed from then on: the content is stored as it will be sent,
/// so that every attempt, also by another process, sends the same message.
/// </summary>
/// <param name="store">Where the queue is.</param>
/// <param name="vault">Writes routes down.</param>
/// <param name="catalog">The methods of sending.</param>
public sealed class MailQueue(IMailStore store, RouteVault vault, SendMethodCatalog catalog)
{
    /// <summary>
    /// Fixes the way for the messages to come, so that it is written down once, and how large they may be.
    /// </summary>
    /// <exception cref="MailException">
    /// The method or the server cannot be used so, which nobody should learn only when the mail is to go; or a secret
    /// cannot be protected; or the options of the store cannot be read.
    /// </exception>
    public async Task<QueueRoute> PrepareAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method is { } id)
        {
            var method = catalog[id];
            MethodRules.Check(method, request.Domain, request.Wishes, request.SavesCopy);
            _ = method.UsesMx ? null : MethodRules.Host(method, request.Environment);
        }
        else
        {
            DialTarget.Check(request.Wishes.Host, request.Wishes.EffectivePort);
        }

        if (request.Wishes.LocalHost?.IndexOfAny(['\r', '\n', '\0']) >= 0)
        {
            throw SmtpCommandFormatException.Unsafe(SmtpStage.Ehlo);
        }

        var options = await EmailOptions.LoadAsync(store.Options, cancellationToken).ConfigureAwait(false);
        return new QueueRoute(request.Destination, vault.Store(request)) { LargestMessage = options.LargestMessage };
    }

    /// <summary>Adds one message. Calls that are under way at the same time share a commit.</summary>
    /// <returns>The item. It is safe.</returns>
    /// <exception cref="MailException">
    /// The content cannot be made or is larger than the store allows, or the store cannot be written.
    /// </exception>
    public async Task<QueueItem> AddAsync(QueueOrder order, QueueRoute route, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(route);
        if (order.Envelope.Recipients.Count == 0)
        {
            throw new NoRecipientException();
        }

        await CheckTimesAsync(order, cancellationToken).ConfigureAwait(false);

        var item = new NewQueueItem
        {
            Envelope = order.Envelope,
            WriteContentAsync = (stream, token) => WriteAsync(order, route.LargestMessage, stream, token),
            Destination = route.Destination,
            Route = route.Json,
            MessageId = order.Content.MessageId,
            Subject = order.Subject,
            Priority = order.Priority,
            NotBefore = order.NotBefore,
            IsHeld = order.IsHeld,
            ExpiresAt = order.ExpiresAt,
            LargestSize = route.LargestMessage,
        };
        var added = await store.Queue.AddAsync([item], cancellationToken).ConfigureAwait(false);
        return added[0];
    }

    // Such a message would get one attempt, however early, and never another.
    private async ValueTask CheckTimesAsync(QueueOrder order, CancellationToken cancellationToken)
    {
        if (order.ExpiresAt is not { } end)
        {
            return;
        }

        var now = await store.NowAsync(cancellationToken).ConfigureAwait(false);
        if (end <= now || end <= order.NotBefore)
        {
            throw new QueueTimesException(end, end <= now ? null : order.NotBefore);
        }
    }

    /// <summary>
    /// Writes the content in the form that most servers take. Which server it will be is not known yet: 7-bit goes
    /// through all of them. Where a file holds other octets that may not be changed, it stays as it is, and the server
    /// must take it.
    /// </summary>
    private static async Task WriteAsync(
        QueueOrder order, long? largest, Stream stream, CancellationToken cancellationToken)
    {
        var needsUtf8 = order.Envelope.RequiresSmtpUtf8;
        PreparedMessage prepared;
        try
        {
            prepared = await order.Content.PrepareAsync(new WireFormat(EightBit: false, needsUtf8), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MessageException)
        {
            // If more is wrong with it than its octets, this says what.
            var asItIs = new WireFormat(EightBit: true, Utf8Headers: true);
            prepared = await order.Content.PrepareAsync(asItIs, cancellationToken)
                .ConfigureAwait(false);
        }

        await using (prepared.ConfigureAwait(false))
        {
            // Before anything of it is on the disk.
            MessageOverLimitException.ThrowIfOver(largest, prepared.Length);
            await prepared.WriteToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }
}
