using System.Globalization;
using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Throttling;

namespace MailAdmin.PowerShell.Sending;

/// <summary>The progress bar of a command that waits for room within the limits: how long, and why.</summary>
internal sealed class WaitProgress(AsyncPSCmdlet cmdlet) : IProgress<ThrottleWaiting?>
{
    private const int Id = 5;
    private const string Activity = "Waiting for room within the limits (Set-EmailThrottle)";

    /// <inheritdoc/>
    public void Report(ThrottleWaiting? value)
    {
        var record = value is null
            ? ProgressRecords.Done(Id, Activity)
            : new ProgressRecord(Id, Activity, Describe(value)) { SecondsRemaining = SecondsTo(value.Until) };
        cmdlet.Post(() => cmdlet.WriteProgress(record));
    }

    private static string Describe(ThrottleWaiting waiting)
    {
        var until = waiting.Until.ToLocalTime();
        var format = until.Date == DateTimeOffset.Now.Date ? "T" : "g";
        return waiting.Connections is { } connections
            ? $"All connections are in use; there may be {connections} at once."
            : $"The limit of {waiting.Full} is used up until {until.ToString(format, CultureInfo.CurrentCulture)}.";
    }

    private static int SecondsTo(DateTimeOffset time) =>
        (int)Math.Clamp(Math.Ceiling((time - DateTimeOffset.UtcNow).TotalSeconds), 0, int.MaxValue);
}
