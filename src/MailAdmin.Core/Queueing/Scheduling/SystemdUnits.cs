using System.Globalization;
using System.Text;

namespace MailAdmin.Queueing.Scheduling;

/// <summary>A timer and a service of systemd (systemd.timer(5), systemd.service(5)).</summary>
internal static class SystemdUnits
{
    /// <summary>True when systemd runs this machine (sd_booted(3)); its programs may be there all the same.</summary>
    internal static bool IsRunning => Directory.Exists("/run/systemd/system");

    internal static string Folder(bool forMachine) => forMachine
        ? "/etc/systemd/system"
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home
                ? home
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
            "systemd",
            "user");

    internal static ScheduledTask Task(DistributorSchedule schedule, string folder)
    {
        string[] systemctl = schedule.ForMachine ? ["systemctl"] : ["systemctl", "--user"];
        return new ScheduledTask(
            "systemd timer",
            [
                new ScheduledFile(Path.Combine(folder, schedule.Name + ".service"), Service(schedule)),
                new ScheduledFile(Path.Combine(folder, schedule.Name + ".timer"), Timer(schedule)),
            ],
            [[.. systemctl, "daemon-reload"], [.. systemctl, "enable", "--now", schedule.Name + ".timer"]],
            [[.. systemctl, "disable", "--now", schedule.Name + ".timer"], [.. systemctl, "daemon-reload"]]);
    }

    // SIGTERM lets the distributor finish what is being transferred, which takes five seconds at the most.
    private static string Service(DistributorSchedule schedule)
    {
        var text = new StringBuilder();
        text.Append("[Unit]\nDescription=Send queued mail (MailAdmin)\n");
        text.Append(schedule.ForMachine ? "Wants=network-online.target\nAfter=network-online.target\n" : "");
        text.Append("\n[Service]\nType=oneshot\nKillMode=mixed\nTimeoutStopSec=10\n");
        var command = schedule.Arguments.Prepend(schedule.Program).Select(Quote);
        text.Append("ExecStart=").AppendJoin(' ', command).Append('\n');
        return text.ToString();
    }

    private static string Timer(DistributorSchedule schedule) => string.Create(
        CultureInfo.InvariantCulture,
        $"[Unit]\nDescription=Send queued mail regularly (MailAdmin)\n\n"
        + $"[Timer]\nOnActiveSec=1s\nOnUnitActiveSec={(int)schedule.Interval.TotalSeconds}s\nAccuracySec=1s\n\n"
        + $"[Install]\nWantedBy=timers.target\n");

    // systemd.syntax(7): C-like escapes within quotes; % is a specifier and $ a variable.
    private static string Quote(string text)
    {
        var escaped = text
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal)
            .Replace("$", "$$", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
