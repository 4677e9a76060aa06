namespace MailAdmin.Queueing.Scheduling;

/// <summary>What a scheduled task for the distributor is made of.</summary>
public sealed record DistributorSchedule
{
    /// <summary>The name of the task or the units: letters, digits, dots, hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The program, as a full path.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How often it runs.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>True to run for the machine, false to run as the present user.</summary>
    public bool ForMachine { get; init; }
}
