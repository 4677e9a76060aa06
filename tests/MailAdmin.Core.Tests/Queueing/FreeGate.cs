using MailAdmin.Throttling;

namespace MailAdmin.Tests.Queueing;

/// <summary>A gate without limits, except for what a test sets.</summary>
internal sealed class FreeGate : IThrottleGate
{
    private int _connections;

    public int MostConnections { get; init; } = int.MaxValue;

    /// <summary>Answers in place of granting; null grants.</summary>
    public Func<ThrottledMessage, ThrottleDeferred?> Defer { get; init; } = _ => null;

    public int MostConnectionsSeen { get; private set; }

    public Task<ThrottleDecision> AcquireAsync(ThrottledMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<ThrottleDecision>(
            Defer(message) as ThrottleDecision ?? new ThrottleGranted(ThrottlePermit.Free, IsForced: false));

    public Task<IAsyncDisposable?> TryOpenConnectionAsync(ThrottleSubject route, CancellationToken cancellationToken)
    {
        var count = Interlocked.Increment(ref _connections);
        if (count > MostConnections)
        {
            Interlocked.Decrement(ref _connections);
            return Task.FromResult<IAsyncDisposable?>(null);
        }

        MostConnectionsSeen = Math.Max(MostConnectionsSeen, count);
        return Task.FromResult<IAsyncDisposable?>(new Place(this));
    }

    public Task<ThrottlePolicy> GetPolicyAsync(ThrottleSubject route, CancellationToken cancellationToken) =>
        Task.FromResult(new ThrottlePolicy { Key = "free" });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Place(FreeGate gate) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref gate._connections);
            return ValueTask.CompletedTask;
        }
    }
}
