namespace MailAdmin.Cli.Sending;

/// <summary>What a message needs until it is sent: its file or temporary copy, its key.</summary>
internal sealed class OpenFiles : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _close = new();

    public T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        _close.Push(opened.DisposeAsync);
        return opened;
    }

    public T KeepPlain<T>(T opened)
        where T : IDisposable
    {
        _close.Push(() =>
        {
            opened.Dispose();
            return ValueTask.CompletedTask;
        });
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        while (_close.TryPop(out var close))
        {
            await close();
        }
    }
}
