namespace MailAdmin.Server;

/// <summary>
/// Takes the content out of one connection's session and makes messages of it, in memory or in the folder.
/// </summary>
internal sealed class MessageIntake(
    SmtpTestServerOptions options,
    SmtpSessionInfo info,
    MessageFolder? folder,
    MessageLog log) : IAsyncDisposable
{
    private MessageFile? _file;
    private string _id = "";
    private int _messageNumber;
    private bool _hasFailed;

    /// <summary>
    /// Writes content that has gathered to the file, if there is a folder, so that memory stays small.
    /// </summary>
    public ValueTask DrainAsync(SmtpServerSession session, CancellationToken cancellationToken) =>
        folder is null || session.Content.Length == 0
            ? ValueTask.CompletedTask
            : DrainAsync(folder, session, cancellationToken);

    /// <summary>Makes a message of the complete content and tells the session.</summary>
    public async ValueTask<SessionAction> StoreAsync(SmtpServerSession session, CancellationToken cancellationToken)
    {
        if (folder is not null)
        {
            return await StoreAsync(folder, session, cancellationToken).ConfigureAwait(false);
        }

        var message = Describe(session, log.NextId()) with { Content = session.Content.Memory.ToArray() };
        var decision = options.Policy?.Message(info, message);
        if (decision is null or { IsPositive: true })
        {
            log.Add(message);
        }

        return session.Stored(message.Id, decision);
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask DrainAsync(
        MessageFolder target, SmtpServerSession session, CancellationToken cancellationToken)
    {
        if (_messageNumber != session.MessageNumber)
        {
            await DisposeAsync().ConfigureAwait(false);
            _file = null;
            _hasFailed = false;
            _messageNumber = session.MessageNumber;
            _id = log.NextId();
        }

        try
        {
            if (!_hasFailed)
            {
                _file ??= target.Begin(_id);
                await _file.AppendAsync(session.Content.Memory, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsStorageFailure(e))
        {
            _hasFailed = true;
        }

        session.Content.Clear();
    }

    private async Task<SessionAction> StoreAsync(
        MessageFolder target, SmtpServerSession session, CancellationToken cancellationToken)
    {
        await DrainAsync(target, session, cancellationToken).ConfigureAwait(false);
        if (_hasFailed)
        {
            return session.NotStored();
        }

        await _file!.CompleteAsync().ConfigureAwait(false);
        var message = Describe(session, _id) with { Path = _file.TemporaryPath };
        var decision = options.Policy?.Message(info, message);
        try
        {
            if (decision is null or { IsPositive: true })
            {
                log.Add(await _file.CommitAsync(message, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception e) when (IsStorageFailure(e))
        {
            return session.NotStored();
        }

        return session.Stored(_id, decision);
    }

    /// <summary>The disk is full or the folder is gone: the client is told, and sends again later.</summary>
    private static bool IsStorageFailure(Exception e) => e is IOException or UnauthorizedAccessException;

    private ReceivedMessage Describe(SmtpServerSession session, string id) => new()
    {
        Id = id,
        ReceivedAt = options.Time.GetUtcNow(),
        Envelope = session.Envelope,
        Mail = session.Mail,
        Session = info,
        User = info.User,
        Size = session.ContentSize,
    };
}
