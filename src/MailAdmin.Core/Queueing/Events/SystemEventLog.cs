namespace MailAdmin.Queueing.Events;

/// <summary>Opens the log that this system has: the event log on Windows, syslog elsewhere.</summary>
public static class SystemEventLog
{
    /// <summary>Opens it. Where there is none, events go nowhere.</summary>
    public static IEventLog Open() => OperatingSystem.IsWindows() ? new WindowsEventLog() : new Syslog();
}
