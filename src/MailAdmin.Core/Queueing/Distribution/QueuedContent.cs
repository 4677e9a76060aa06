using System.Text;
using MailAdmin.Mime;
using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// The content of a queued message, read from the store when a session is ready for it, if not before. Knows whether
/// any of it may have left, which decides what stopping means for the message: what has not begun can be forbidden to,
/// and then it never does.
/// </summary>
/// <param name="store">Where the content is.</param>
/// <param name="taken">Whose content it is.</param>
/// <param name="mayBegin">Asked at the last moment: false when somebody else may have the item by now.</param>
internal sealed class QueuedContent(IQueueStore store, TakenItem taken, Func<bool> mayBegin)
    : IMessageWriter, IAsyncDisposable
{
    private readonly object _lock = new();
    private EmlMessage? _message;
    private bool _hasBegun;
    private bool _isForbidden;

    /// <inheritdoc/>
    public string? MessageId => taken.Item.MessageId;

    /// <summary>True from when the first octet may have left.</summary>
    internal bool HasBegun
    {
        get
        {
            lock (_lock)
            {
                return _hasBegun;
            }
        }
    }

    /// <summary>True when it never begins any more.</summary>
    internal bool IsForbidden
    {
        get
        {
            lock (_lock)
            {
                return _isForbidden;
            }
        }
    }

    /// <summary>Forbids the content to begin.</summary>
    /// <returns>False when it has begun.</returns>
    internal bool TryForbid()
    {
        lock (_lock)
        {
            _isForbidden = !_hasBegun;
            return _isForbidden;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken)
    {
        if (taken.Content is { } content && Ascii.IsValid(content))
        {
            return new Watched(new AsciiMessage(content), this);
        }

        if (_message is null)
        {
            var stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                _message = await EmlMessage.ReadAsync(stream, null, cancellationToken).ConfigureAwait(false);
            }
        }

        return new Watched(await _message.PrepareAsync(format, cancellationToken).ConfigureAwait(false), this);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _message?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        taken.Content is { } content
            ? new MemoryStream(content, writable: false)
            : await store.OpenContentAsync(taken.Item.Id, cancellationToken).ConfigureAwait(false);

    private void Begin()
    {
        lock (_lock)
        {
            // Once some recipients may have it, the others are to get it from here as well.
            _isForbidden |= !_hasBegun && !mayBegin();
            if (_isForbidden)
            {
                throw new OperationCanceledException();
            }

            _hasBegun = true;
        }
    }

    private sealed class Watched(PreparedMessage inner, QueuedContent owner) : PreparedMessage
    {
        public override long Length => inner.Length;

        public override bool IsEightBit => inner.IsEightBit;

        public override bool UsesUtf8Headers => inner.UsesUtf8Headers;

        public override ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
        {
            owner.Begin();
            return inner.WriteToAsync(destination, cancellationToken);
        }

        public override ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return inner.DisposeAsync();
        }
    }
}
