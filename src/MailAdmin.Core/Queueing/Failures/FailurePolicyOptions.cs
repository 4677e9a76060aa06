namespace MailAdmin.Queueing.Failures;

/// <summary>The intervals of <see cref="FailurePolicy"/>. Each doubles from the first to the longest.</summary>
public sealed record FailurePolicyOptions
{
    /// <summary>After the first deferral of an item; 1 minute.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait of an item; 1 hour.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After the first time that a destination gave no session; 30 seconds.</summary>
    public TimeSpan FirstDestinationRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait of a destination; 1 hour.</summary>
    public TimeSpan LongestDestinationRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// After the first refused login, or when a quota is used up; 15 minutes: what providers count failed logins in.
    /// </summary>
    public TimeSpan FirstLoginRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest wait after refused logins; 4 hours.</summary>
    public TimeSpan LongestLoginRetry { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// The shortest wait after a lost reply; 5 minutes: a server that is slow with a message is not given it again at
    /// once.
    /// </summary>
    public TimeSpan UnknownOutcomeRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What to do when nobody knows whether a message has arrived.</summary>
    public UnknownOutcome UnknownOutcome { get; init; }

    /// <summary>By which part of itself a wait is made longer or shorter at random; 0.25.</summary>
    public double Jitter { get; init; } = 0.25;
}
