namespace MailAdmin.Throttling;

/// <summary>
/// The port through which whoever sends asks the limits. One gate serves a process, from any number of threads.
/// </summary>
public interface IThrottleGate : IAsyncDisposable
{
    /// <summary>Asks once whether a message may go out now; never waits for a window.</summary>
    /// <exception cref="MailException">The store cannot be used.</exception>
    Task<ThrottleDecision> AcquireAsync(ThrottledMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one of the places for connections to a route, of all processes; null when all are taken. A route without a
    /// limit always has one. Dispose of it when the connection is closed, or was never made.
    /// </summary>
    /// <exception cref="MailException">The store cannot be used.</exception>
    Task<IAsyncDisposable?> TryOpenConnectionAsync(ThrottleSubject route, CancellationToken cancellationToken);

    /// <summary>The limits of a route as they are now.</summary>
    /// <exception cref="MailException">The store cannot be used.</exception>
    Task<ThrottlePolicy> GetPolicyAsync(ThrottleSubject route, CancellationToken cancellationToken);
}
