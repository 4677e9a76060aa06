using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Keeping;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Says what became of mail: every attempt to send, interactive and from the queue, newest first.</summary>
/// <remarks>
/// <para>
/// Each record has the outcome for every recipient, the server's own words, and on failure the error and its diagnosis.
/// The history is in the store, which Get-EmailOption names; Set-EmailOption -RetentionDays says how long it is kept.
/// </para>
/// <para>
/// Filters go together: what is found meets all of them. They stay fast in a history of a million attempts.
/// </para>
/// </remarks>
/// <example>
/// <para>The last ten attempts</para>
/// <code>
/// Get-EmailHistory -First 10
/// </code>
/// </example>
/// <example>
/// <para>What failed since yesterday, and why</para>
/// <code>
/// Get-EmailHistory -Status Failed, PartlySent -After (Get-Date).AddDays(-1) |
///     Select-Object Time, Recipients, Diagnosis
/// </code>
/// </example>
/// <example>
/// <para>Everything for a recipient's domain</para>
/// <code>
/// Get-EmailHistory -Recipient '*@example.com' | Format-List
/// </code>
/// </example>
/// <example>
/// <para>What became of the message just sent</para>
/// <code>
/// Send-RelayMail anna@example.com 'Hello' 'It works.' mail.example.com -From me@example.com | Get-EmailHistory
/// </code>
/// <para>The result's MessageId says which message it was.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EmailHistory")]
[OutputType(typeof(EmailHistoryRecord))]
public sealed class GetEmailHistoryCommand : StoreCmdlet
{
    /// <summary>Attempts for this recipient; * and ? stand for characters.</summary>
    [Parameter(Position = 0)]
    [Alias("To")]
    [SupportsWildcards]
    public string? Recipient { get; set; }

    /// <summary>Attempts with this sender in the envelope; * and ? stand for characters.</summary>
    [Parameter]
    [Alias("Sender")]
    [SupportsWildcards]
    public string? From { get; set; }

    /// <summary>Attempts with one of these outcomes.</summary>
    [Parameter]
    public DeliveryStatus[] Status { get; set; } = [];

    /// <summary>Attempts that ended at this time or later.</summary>
    [Parameter]
    [Alias("Since")]
    public DateTime? After { get; set; }

    /// <summary>Attempts that ended before this time.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Attempts to send the messages with these Message-IDs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullIsEmpty]
    public string[] MessageId { get; set; } = [];

    /// <summary>Attempts to send this item of the queue.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? QueueId { get; set; }

    /// <summary>Interactive attempts, or those from the queue.</summary>
    [Parameter]
    public HistoryOrigin? Origin { get; set; }

    /// <summary>The most attempts to put out.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long First { get; set; } = long.MaxValue;

    /// <inheritdoc/>
    protected override void Process()
    {
        var filter = new HistoryFilter
        {
            Recipient = Recipient,
            Sender = From,
            Statuses = Status,
            After = LocalTime.Moment(After),
            Before = LocalTime.Moment(Before),
            QueueId = QueueId,
            Origin = Origin,
            First = First,
        };
        var filters = MessageId.Length == 0
            ? [filter]
            : MessageId.Select(id => filter with { MessageId = id.Trim('<', '>', ' ') });
        foreach (var one in filters)
        {
            ForEach(Store.History.FindAsync(one, StopToken), record => WriteObject(new EmailHistoryRecord(record)));
        }
    }
}
