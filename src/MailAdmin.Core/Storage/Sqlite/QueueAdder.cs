namespace MailAdmin.Storage.Sqlite;

/// <summary>Adds items: contents first, then all of them in one commit.</summary>
internal sealed class QueueAdder(SqliteWriter writer)
{
    // So that a batch of many middling messages does not fill the memory.
    private const long MostInMemory = 8 * 1024 * 1024;

    public async Task<IReadOnlyList<QueueItem>> AddAsync(
        IReadOnlyList<NewQueueItem> items, CancellationToken cancellationToken)
    {
        var pending = new List<(NewQueueItem Item, ContentIntake Content)>(items.Count);
        try
        {
            long inMemory = 0;
            foreach (var item in items)
            {
                var content = new ContentIntake(writer, item.LargestSize);
                pending.Add((item, content));
                await item.WriteContentAsync(content, cancellationToken).ConfigureAwait(false);
                if (inMemory > MostInMemory)
                {
                    await content.StoreRestAsync(cancellationToken).ConfigureAwait(false);
                }

                inMemory += content.TailLength;
            }

            return await writer.RunAsync(
                scope => pending.ConvertAll(p => Insert(scope, p.Item, p.Content)), cancellationToken, inMemory)
                .ConfigureAwait(false);
        }
        catch
        {
            foreach (var (_, content) in pending)
            {
                await content.AbandonAsync().ConfigureAwait(false);
            }

            throw;
        }
        finally
        {
            pending.ForEach(p => p.Content.Dispose());
        }
    }

    private static QueueItem Insert(WriteScope scope, NewQueueItem added, ContentIntake content)
    {
        var session = scope.Session;
        var id = StoreContent(scope, content);
        var now = SqliteTime.To(scope.NowValue);
        var notBefore = added.NotBefore > now ? added.NotBefore : null;
        var item = new QueueItem
        {
            Id = id,
            State = added.IsHeld ? QueueItemState.Held : QueueItemState.Waiting,
            Priority = added.Priority,
            Sender = added.Envelope.ReversePath,
            Recipients = [.. added.Envelope.Recipients.Select(r => new QueueRecipient(r))],
            Return = added.Envelope.Return,
            EnvelopeId = added.Envelope.EnvelopeId,
            MessageId = added.MessageId,
            Subject = added.Subject,
            Size = content.Size,
            Destination = added.Destination,
            RouteId = scope.Route(added.Route),
            QueuedAt = now,
            NotBefore = notBefore,
            NextAttemptAt = notBefore ?? now,
            ExpiresAt = added.ExpiresAt ?? NewQueueItem.DefaultEnd(notBefore ?? now),
        };
        var destination = scope.Destination(item.Destination);
        var lane = notBefore is null ? Lanes.Due(item.Priority) : Lanes.At(item.Priority);
        ItemRows.Insert(session, item, destination, lane);

        // What is held is in no lane.
        if (!added.IsHeld)
        {
            scope.Touch(destination, lane);
        }

        return item;
    }

    private static long StoreContent(WriteScope scope, ContentIntake content)
    {
        var id = content.Staged ?? scope.Draw("id");
        if (content.Staged is not null && !ContentIntake.Unstage(scope.Session, id))
        {
            throw ContentIntake.Gone();
        }

        if (content.TailLength > 0)
        {
            Chunks.Write(scope.Session, id, content.Pieces, content.Tail.Span);
        }

        return id;
    }
}
