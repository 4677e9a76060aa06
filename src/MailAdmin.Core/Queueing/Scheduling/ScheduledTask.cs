namespace MailAdmin.Queueing.Scheduling;

/// <summary>A schedule in the form of this system's scheduler: files to write, then commands to run.</summary>
/// <param name="Scheduler">The scheduler's name.</param>
/// <param name="Files">
/// What to write before <paramref name="Register"/>, and to delete after <paramref name="Unregister"/>.
/// </param>
/// <param name="Register">Commands that put it in force, each a program and its arguments.</param>
/// <param name="Unregister">Commands that end it.</param>
public sealed record ScheduledTask(
    string Scheduler,
    IReadOnlyList<ScheduledFile> Files,
    IReadOnlyList<IReadOnlyList<string>> Register,
    IReadOnlyList<IReadOnlyList<string>> Unregister)
{
    /// <summary>True when this system's scheduler is at work, so that the commands have somebody to talk to.</summary>
    public static bool IsSchedulerRunning => !OperatingSystem.IsLinux() || SystemdUnits.IsRunning;

    /// <summary>The task for this system.</summary>
    /// <exception cref="SchedulingException">There is no scheduler that MailAdmin knows.</exception>
    public static ScheduledTask ForThisSystem(DistributorSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return OperatingSystem.IsWindows() ? TaskSchedulerXml.Task(schedule, Path.GetTempPath())
            : OperatingSystem.IsLinux() ? SystemdUnits.Task(schedule, SystemdUnits.Folder(schedule.ForMachine))
            : throw SchedulingException.NoScheduler(schedule);
    }
}
