using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Shows the messages in the queue, oldest first.</summary>
/// <remarks>
/// <para>
/// All that is said must fit. Finished messages stay for as long as Set-EmailOption -RetentionDays says, without their
/// content once they are sent.
/// </para>
/// </remarks>
/// <example>
/// <para>What waits, and why</para>
/// <code>
/// Get-EmailQueueItem -State Waiting | Format-Table Id, To, NextAttemptAt, LastError
/// </code>
/// </example>
/// <example>
/// <para>How many there are in each state</para>
/// <code>
/// Get-EmailQueueItem | Group-Object State -NoElement
/// </code>
/// </example>
/// <example>
/// <para>What became of the mail to one person</para>
/// <code>
/// Get-EmailQueueItem -To anna@example.com -First 10 | Format-List
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "EmailQueueItem")]
[OutputType(typeof(EmailQueueItem))]
public sealed class GetEmailQueueItemCommand : AsyncPSCmdlet
{
    private SharedQueue? _queue;

    /// <summary>The numbers of the items.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("QueueId")]
    public long[] Id { get; set; } = [];

    /// <summary>In one of these states.</summary>
    [Parameter]
    public QueueItemState[] State { get; set; } = [];

    /// <summary>For this destination, as the items name it.</summary>
    [Parameter]
    public string? Destination { get; set; }

    /// <summary>From this sender; * and ? stand for characters.</summary>
    [Parameter]
    public string? From { get; set; }

    /// <summary>To this recipient; * and ? stand for characters.</summary>
    [Parameter]
    public string? To { get; set; }

    /// <summary>With this Message-ID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MessageId { get; set; }

    /// <summary>Queued at this time or later.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Queued before this time.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>At most so many.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long First { get; set; } = long.MaxValue;

    /// <inheritdoc/>
    protected override void Begin() => _queue = new SharedQueue(this);

    /// <inheritdoc/>
    protected override void Process()
    {
        var filter = new QueueFilter
        {
            Ids = Id.Length > 0 ? Id : null,
            States = State.Length > 0 ? State : null,
            Destination = Destination,
            Sender = From,
            Recipient = To,
            MessageId = MessageId?.Trim('<', '>'),
            After = LocalTime.Moment(After),
            Before = LocalTime.Moment(Before),
            First = First,
        };
        var found = new HashSet<long>();
        ForEach(_queue!.Store.Queue.FindAsync(filter, StopToken), item =>
        {
            found.Add(item.Id);
            WriteObject(new EmailQueueItem(item));
        });
        var isAskedByNumber = State.Length == 0 && Destination is null && From is null && To is null &&
            After is null && Before is null;
        foreach (var id in isAskedByNumber ? Id.Where(id => !found.Contains(id)) : [])
        {
            var failure = new InputException(
                "QueueItemNotFound",
                $"There is no item {id} in the queue.",
                "Get-EmailQueueItem without -Id lists those that are there.",
                MailErrorKind.NotFound);
            WriteError(ErrorRecords.From(failure, id));
        }
    }

    /// <inheritdoc/>
    protected override async Task CleanUpAsync()
    {
        if (_queue is not null)
        {
            await _queue.DisposeAsync().ConfigureAwait(false);
        }
    }
}
