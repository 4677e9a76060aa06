using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MailAdmin.Queueing.Events;

/// <summary>
/// Writes to the Application log of Windows with the source MailAdmin. By the system's own functions: they need no
/// package, and no right to register the source; only the viewer then notes that it has no description of the events.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsEventLog : IEventLog
{
    private readonly IntPtr _source = RegisterEventSource(null, "MailAdmin");

    /// <inheritdoc/>
    public void Write(EventSeverity severity, int id, string text)
    {
        if (_source != IntPtr.Zero)
        {
            // EVENTLOG_ERROR_TYPE, EVENTLOG_WARNING_TYPE, EVENTLOG_INFORMATION_TYPE
            var type = severity switch
            {
                EventSeverity.Error => 1,
                EventSeverity.Warning => 2,
                _ => 4,
            };
            ReportEvent(_source, (ushort)type, 0, (uint)id, IntPtr.Zero, 1, 0, [text], IntPtr.Zero);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_source != IntPtr.Zero)
        {
            DeregisterEventSource(_source);
        }
    }

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, EntryPoint = "RegisterEventSourceW")]
    private static extern IntPtr RegisterEventSource(string? server, string source);

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, EntryPoint = "ReportEventW")]
    private static extern bool ReportEvent(
        IntPtr log,
        ushort type,
        ushort category,
        uint id,
        IntPtr user,
        ushort stringCount,
        uint dataSize,
        string[] strings,
        IntPtr data);

    [DllImport("advapi32.dll")]
    private static extern bool DeregisterEventSource(IntPtr log);
}
