using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Removes messages from the queue, with their content, for good.</summary>
/// <remarks>
/// <para>
/// Recipients who do not have the message will not get it, and nobody is told. The history of attempts stays.
/// </para>
/// <para>Messages that a distributor has in work are left alone; that is an error.</para>
/// </remarks>
/// <example>
/// <para>Clear away what is finished</para>
/// <code>
/// Get-EmailQueueItem -State Sent, Failed, Expired | Remove-EmailQueueItem -WhatIf
/// </code>
/// </example>
/// <example>
/// <para>Take back what has not gone out yet</para>
/// <code>
/// Get-EmailQueueItem -State Waiting -From reports@example.com | Remove-EmailQueueItem -Confirm:$false
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EmailQueueItem", SupportsShouldProcess = true)]
[OutputType(typeof(EmailQueueItem))]
public sealed class RemoveEmailQueueItemCommand : QueueItemCmdlet
{
    private protected override string Action => "Remove";

    private protected override Task<IReadOnlyList<long>> ChangeAsync(
        IMailStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        store.Queue.RemoveAsync(ids, cancellationToken);

    private protected override InputException Refuse(QueueItem item) => new(
        "QueueItemInWork",
        $"Item {item.Id} cannot be removed: a distributor has it in work.",
        "Wait for what becomes of it.");
}
