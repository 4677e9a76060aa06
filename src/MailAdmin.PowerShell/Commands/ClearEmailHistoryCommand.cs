using System.Globalization;
using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Keeping;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Removes records from the history of sending.</summary>
/// <remarks>
/// <para>
/// Records older than the retention that Set-EmailOption -RetentionDays sets go by themselves; this command is for
/// those that are to go earlier. It works in small steps, so that nobody who sends has to wait; stopped in between,
/// what is removed stays removed, and the rest stays.
/// </para>
/// <para>The queue is left alone.</para>
/// </remarks>
/// <example>
/// <para>Keep the last week only</para>
/// <code>
/// Clear-EmailHistory -Before (Get-Date).AddDays(-7)
/// </code>
/// </example>
/// <example>
/// <para>See what removing everything would do</para>
/// <code>
/// Clear-EmailHistory -WhatIf
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Clear, "EmailHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class ClearEmailHistoryCommand : StoreCmdlet
{
    private const int ProgressId = 1;

    /// <summary>Removes what is older; by default everything.</summary>
    [Parameter(Position = 0)]
    public DateTime? Before { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var what = Before is { } time
            ? string.Create(CultureInfo.CurrentCulture, $"Remove the history before {time:G}")
            : "Remove the whole history";
        var store = Store;
        if (!ShouldProcess(store.Location, what))
        {
            return;
        }

        var progress = new Bar(this);
        Await(token => store.History.PurgeAsync(LocalTime.Moment(Before) ?? DateTimeOffset.MaxValue, progress, token));
        WriteProgress(ProgressRecords.Done(ProgressId, what));
    }

    private sealed class Bar(ClearEmailHistoryCommand cmdlet) : IProgress<long>
    {
        public void Report(long value) => cmdlet.Post(() => cmdlet.WriteProgress(new ProgressRecord(
            ProgressId,
            "Removing history",
            string.Create(CultureInfo.CurrentCulture, $"{value:N0} attempts removed"))));
    }
}
