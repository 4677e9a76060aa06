namespace MailAdmin.Dns;

/// <summary>
/// Lets all who ask the same question at the same time share one look-up. That saves queries, and several equal ones on
/// the wire would make it easier to guess a reply (RFC 5452 §5).
/// </summary>
internal sealed class SharedLookups(Func<DnsQuestion, CancellationToken, Task<DnsResponse>> lookUp)
{
    private readonly Dictionary<DnsQuestion, Lookup> _running = [];

    /// <summary>Joins the running look-up or begins one, which ends early when all who wait gave up.</summary>
    public Task<DnsResponse> JoinAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        Lookup? lookup;
        Task<DnsResponse>? running = null;
        lock (_running)
        {
            if (_running.TryGetValue(question, out lookup))
            {
                lookup.Waiting++;
                lookup.Shared ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                running = lookup.Shared.Task;
            }
            else
            {
                lookup = new Lookup(cancellationToken.CanBeCanceled ? new CancellationTokenSource() : null);
                _running.Add(question, lookup);
            }
        }

        running ??= RunAsync(question, lookup);
        return cancellationToken.CanBeCanceled ? WaitAsync(question, lookup, running, cancellationToken) : running;
    }

    private async Task<DnsResponse> RunAsync(DnsQuestion question, Lookup lookup)
    {
        try
        {
            var response = await lookUp(question, lookup.Stop?.Token ?? default).ConfigureAwait(false);
            End(question, lookup)?.SetResult(response);
            return response;
        }
        catch (Exception e)
        {
            End(question, lookup)?.SetException(e);
            throw;
        }
    }

    private async Task<DnsResponse> WaitAsync(
        DnsQuestion question,
        Lookup lookup,
        Task<DnsResponse> running,
        CancellationToken cancellationToken)
    {
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Leave(question, lookup);
            throw;
        }
    }

    private void Leave(DnsQuestion question, Lookup lookup)
    {
        lock (_running)
        {
            if (--lookup.Waiting > 0 || lookup.Stop is null)
            {
                return;
            }

            // Who asks from now on begins anew.
            Remove(question, lookup);
        }

        lookup.Stop.Cancel();
    }

    private TaskCompletionSource<DnsResponse>? End(DnsQuestion question, Lookup lookup)
    {
        lock (_running)
        {
            Remove(question, lookup);
            return lookup.Shared;
        }
    }

    private void Remove(DnsQuestion question, Lookup lookup)
    {
        if (_running.TryGetValue(question, out var current) && ReferenceEquals(current, lookup))
        {
            _running.Remove(question);
        }
    }

    private sealed class Lookup(CancellationTokenSource? stop)
    {
        /// <summary>Null when who began it never gives up.</summary>
        public CancellationTokenSource? Stop { get; } = stop;

        public int Waiting { get; set; } = 1;

        /// <summary>For those who joined.</summary>
        public TaskCompletionSource<DnsResponse>? Shared { get; set; }
    }
}
