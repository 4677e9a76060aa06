namespace MailAdmin.Queueing.Distribution;

/// <summary>How a distributor works.</summary>
public sealed record DistributorOptions
{
    /// <summary>How many rounds; each sends all that is due. 1; null goes on until it is stopped.</summary>
    public int? Rounds { get; init; } = 1;

    /// <summary>The longest pause between two rounds; 10 seconds. It is shorter when an item is due earlier.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most connections to a destination where no limit of the provider says otherwise; 4.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>
    /// The most messages of a connection whose outcome is not written down; 32, so that others travel while a disk
    /// takes its time. What is under way when the process is killed may be sent twice.
    /// </summary>
    public int PerConnection { get; init; } = 32;

    /// <summary>The most items in work; 1,000.</summary>
    public int Prefetch { get; init; } = 1000;

    /// <summary>How long items are kept from other distributors unless renewed; 2 minutes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long what is within its content may go on once the distributor is to stop; 4 seconds.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an idle connection is kept between rounds; 5 seconds.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
