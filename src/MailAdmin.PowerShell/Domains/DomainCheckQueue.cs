using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Domains;

/// <summary>
/// Checks the domains of a pipeline, so many at once, and hands out each report when it is ready. All members are for
/// the pipeline thread.
/// </summary>
/// <param name="cmdlet">Whose progress it is.</param>
/// <param name="check">How a domain is checked.</param>
/// <param name="mostAtOnce">How many are.</param>
/// <param name="output">Takes each report, with the domain as the user wrote it.</param>
internal sealed class DomainCheckQueue(
    AsyncPSCmdlet cmdlet, MailDomainCheck check, int mostAtOnce, Action<string, MailDomainReport> output)
{
    private const int ProgressId = 4;
    private const string Activity = "Checking mail domains";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly List<(string Typed, Task<MailDomainReport> Report)> _underWay = [];
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _done;
    private bool _isShown;

    /// <summary>
    /// Begins a check, if need be after waiting for another to end, and hands out what is ready meanwhile.
    /// </summary>
    /// <param name="typed">The domain as the user wrote it.</param>
    /// <param name="domain">The domain.</param>
    public void Add(string typed, DomainName domain)
    {
        while (_underWay.Count >= mostAtOnce)
        {
            WaitForAny();
        }

        var token = cmdlet.StopToken;
        _underWay.Add((typed, Task.Run(() => check.CheckAsync(domain, token), CancellationToken.None)));
        while (_underWay.Exists(one => one.Report.IsCompleted))
        {
            WaitForAny();
        }
    }

    /// <summary>Waits for all checks.</summary>
    public void Finish()
    {
        while (_underWay.Count > 0)
        {
            WaitForAny();
        }

        if (_isShown)
        {
            var record = new ProgressRecord(ProgressId, Activity, "Done") { RecordType = ProgressRecordType.Completed };
            cmdlet.WriteProgress(record);
        }
    }

    private void WaitForAny()
    {
        ShowProgress();
        var ready = cmdlet.Await(_ => Task.WhenAny(_underWay.Select(one => one.Report)));
        var (typed, report) = _underWay.Find(one => one.Report == ready);
        _underWay.Remove((typed, report));
        _done++;
        output(typed, report.GetAwaiter().GetResult());
    }

    private void ShowProgress()
    {
        if (_done + _underWay.Count < 2 || (_isShown && _sinceLast.Elapsed < Pause))
        {
            return;
        }

        _sinceLast.Restart();
        _isShown = true;
        var count = string.Create(CultureInfo.CurrentCulture, $"{_done} done, {_underWay.Count} under way");
        cmdlet.WriteProgress(new ProgressRecord(ProgressId, Activity, count));
    }
}
