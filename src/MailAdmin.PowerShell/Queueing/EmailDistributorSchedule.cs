using System.Collections.ObjectModel;
using MailAdmin.Queueing.Scheduling;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>A scheduled task for the distributor.</summary>
public sealed class EmailDistributorSchedule
{
    internal EmailDistributorSchedule(DistributorSchedule schedule, ScheduledTask task, string action)
    {
        Name = schedule.Name;
        Scheduler = task.Scheduler;
        Interval = schedule.Interval;
        Action = action;
        Files = task.Files.ToList().AsReadOnly();
        Commands = (action == "Unregister" ? task.Unregister : task.Register)
            .Select(command => string.Join(' ', command))
            .ToList()
            .AsReadOnly();
    }

    /// <summary>The name of the task, or of the units without their ending.</summary>
    public string Name { get; }

    /// <summary>The scheduler that runs it.</summary>
    public string Scheduler { get; }

    /// <summary>How often it runs.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Register or Unregister.</summary>
    public string Action { get; }

    /// <summary>The files that the scheduler reads.</summary>
    public ReadOnlyCollection<ScheduledFile> Files { get; }

    /// <summary>The commands that put it in force, or end it.</summary>
    public ReadOnlyCollection<string> Commands { get; }
}
