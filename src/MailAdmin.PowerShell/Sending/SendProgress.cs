using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// The progress bar of a sending command: messages by their number, and beneath it the octets of a large one. What is
/// quick shows nothing, as drawing takes longer than sending.
/// </summary>
internal sealed class SendProgress(AsyncPSCmdlet cmdlet)
{
    private const int MessagesId = 1;
    private const int OctetsId = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly object _gate = new();
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private bool _shownMessages;
    private bool _shownOctets;

    /// <summary>Counts messages. On the pipeline thread.</summary>
    public void ShowMessages(int done, int underWay)
    {
        if (done + underWay < 2 || !IsDue())
        {
            return;
        }

        _shownMessages = true;
        var count = string.Create(CultureInfo.CurrentCulture, $"{done} done, {underWay} under way");
        cmdlet.WriteProgress(new ProgressRecord(MessagesId, "Sending mail", count));
    }

    /// <summary>Counts the octets of one message. From any thread.</summary>
    /// <param name="subject">Which message.</param>
    /// <param name="total">About how many there will be; null when that is not known.</param>
    public IProgress<long> Octets(string? subject, long? total) => new OctetProgress(this, subject ?? "", total);

    /// <summary>Takes the bars away. On the pipeline thread.</summary>
    public void Complete()
    {
        Complete(_shownOctets, OctetsId);
        Complete(_shownMessages, MessagesId);
    }

    private void Complete(bool shown, int id)
    {
        if (shown)
        {
            cmdlet.WriteProgress(ProgressRecords.Done(id, "Sending mail"));
        }
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            if (_sinceLast.Elapsed < Pause)
            {
                return false;
            }

            _sinceLast.Restart();
            return true;
        }
    }

    private void ShowOctets(string subject, long sent, long? total)
    {
        if (!IsDue())
        {
            return;
        }

        var record = new ProgressRecord(OctetsId, $"Sending '{subject}'", Describe(sent, total))
        {
            ParentActivityId = _shownMessages ? MessagesId : -1,
            PercentComplete = total is > 0 ? (int)Math.Min(100, sent * 100 / total.Value) : -1,
        };
        cmdlet.Post(() =>
        {
            _shownOctets = true;
            cmdlet.WriteProgress(record);
        });
    }

    private static string Describe(long sent, long? total)
    {
        const double Mega = 1_000_000;
        return total is > 0
            ? string.Create(CultureInfo.CurrentCulture, $"{sent / Mega:F1} of about {total.Value / Mega:F1} MB")
            : string.Create(CultureInfo.CurrentCulture, $"{sent / Mega:F1} MB");
    }

    private sealed class OctetProgress(SendProgress owner, string subject, long? total) : IProgress<long>
    {
        public void Report(long value) => owner.ShowOctets(subject, value, total);
    }
}
