namespace MailAdmin.Dns.Server;

/// <summary>Answers that are being given, so that a server can end with none of them left.</summary>
internal sealed class OpenWork
{
    private readonly HashSet<Task> _open = [];

    /// <summary>Begins a piece of work, which ends by itself when the server stops.</summary>
    public void Start(Func<Task> work)
    {
        var task = Task.Run(work);
        lock (_open)
        {
            _open.Add(task);
        }

        _ = ForgetAsync(task);
    }

    /// <summary>Waits until all has ended, and passes on what failed.</summary>
    public async Task EndAsync()
    {
        Task[] open;
        lock (_open)
        {
            open = [.. _open];
        }

        await Task.WhenAll(open).ConfigureAwait(false);
    }

    // A failed one stays, so that the end shows it.
    private async Task ForgetAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompletedSuccessfully)
        {
            lock (_open)
            {
                _open.Remove(task);
            }
        }
    }
}
