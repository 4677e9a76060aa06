using System.Globalization;

namespace MailAdmin.Queueing.Scheduling;

/// <summary>The scheduled task cannot be made or removed.</summary>
public sealed class SchedulingException : MailException
{
    private SchedulingException(
        string errorId, MailErrorKind kind, string message, string action, Exception? cause = null)
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
    public static SchedulingException ProgramMissing(
        DistributorSchedule schedule, string program, Exception cause) => new(
        "SchedulerMissing",
        MailErrorKind.NotSupported,
        $"There is no {program} on this machine.",
        CronLine(schedule),
        cause);

    /// <summary>The scheduler's program is there, the scheduler is not: in a container, for one.</summary>
    /// <param name="schedule">What was to be scheduled.</param>
    public static SchedulingException NotRunning(DistributorSchedule schedule) => new(
        "SchedulerMissing",
        MailErrorKind.NotSupported,
        "This machine is not run by systemd.",
        CronLine(schedule));

    private static string CronLine(DistributorSchedule schedule) => string.Create(
        CultureInfo.InvariantCulture,
        $"Put this line into the table of cron: */{Math.Max(1, (int)schedule.Interval.TotalMinutes)} * * * * "
        + $"{schedule.Program} {string.Join(' ', schedule.Arguments.Select(Quote))}");

    // sh's quotes; % ends a command in the table of cron (crontab(5)).
    private static string Quote(string argument) =>
        $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)}'";
}
