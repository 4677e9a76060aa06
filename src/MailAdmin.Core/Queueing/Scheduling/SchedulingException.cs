using System.Globalization;

namespace MailAdmin.Queueing.Scheduling;

/// <summary>The scheduled task cannot be made or removed.</summary>
public sealed class SchedulingException : MailException
{
    private SchedulingException(string errorId, MailErrorKind kind, string message, string action, Exception? cause = null)
        : base(errorId, kind, message, action, cause)
    {
    }

    /// <summary>A command of the scheduler failed.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="said">What it said.</param>
    public static SchedulingException CommandFailed(string command, string said) => new(
        "ScheduleRefused",
        MailErrorKind.Permission,
        $"The system's scheduler did not do it ({command}): {said}",
        "For a task of the whole machine, run as administrator or root; without -Machine the task is your own.");

    internal static SchedulingException NoScheduler(DistributorSchedule schedule) => new(
        "SchedulerMissing",
        MailErrorKind.NotSupported,
        "MailAdmin makes scheduled tasks with systemd and with the Task Scheduler of Windows; there is neither here.",
        CronLine(schedule));

    /// <summary>The scheduler's program is not on this machine.</summary>
    public static SchedulingException ProgramMissing(DistributorSchedule schedule, string program, Exception cause) => new(
        "SchedulerMissing",
        MailErrorKind.NotSupported,
        $"There is no {program} on this machine.",
        CronLine(schedule),
        cause);

    private static string CronLine(DistributorSchedule schedule) => string.Create(
        CultureInfo.InvariantCulture,
        $"Put this line into the table of cron: */{Math.Max(1, (int)schedule.Interval.TotalMinutes)} * * * * "
        + $"{schedule.Program} {string.Join(' ', schedule.Arguments.Select(a => $"'{a.Replace("'", "'\\''", StringComparison.Ordinal)}'"))}");
}
