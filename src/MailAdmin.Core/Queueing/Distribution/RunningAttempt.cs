namespace MailAdmin.Queueing.Distribution;

/// <summary>An attempt that is under way, and the means to end it.</summary>
/// <param name="content">What it sends.</param>
internal sealed class RunningAttempt(QueuedContent content) : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    internal QueuedContent Content { get; } = content;

    internal CancellationToken Token => _cancel.Token;

    internal bool IsCancelled => _cancel.IsCancellationRequested || Content.IsForbidden;

    internal void CancelUnlessBegun()
    {
        if (Content.TryForbid())
        {
            Cancel();
        }
    }

    // Not on the caller's thread: what the cancellation sets free may take a while.
    internal void Cancel() => _ = _cancel.CancelAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
