using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Makes messages in the queue due at once, also those that failed or expired.</summary>
/// <remarks>
/// <para>
/// What waits for a later attempt is due now, and the destination is tried again at once, also after a refused login:
/// the way to go on when the cause is mended. Recipients who have the message do not get it again. A message whose time
/// is over gets another 48 hours, or what -Lifetime says.
/// </para>
/// <para>
/// Messages that a distributor has in work, and those that everybody has, are left alone; that is an error.
/// </para>
/// </remarks>
/// <example>
/// <para>Try everything again that failed</para>
/// <code>
/// Get-EmailQueueItem -State Failed, Expired | Resume-EmailQueueItem -WhatIf
/// </code>
/// </example>
/// <example>
/// <para>Go on at once with a server that is up again</para>
/// <code>
/// Get-EmailQueueItem -Destination mail.example.com:25 -State Waiting | Resume-EmailQueueItem
/// </code>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "EmailQueueItem", SupportsShouldProcess = true)]
[OutputType(typeof(EmailQueueItem))]
public sealed class ResumeEmailQueueItemCommand : QueueItemCmdlet
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    /// <summary>How long to try from now on; without it, a time that is not over yet stays.</summary>
    [Parameter]
    public TimeSpan? Lifetime { get; set; }

    private protected override string Action => "Resume";

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Lifetime is { } time && (time <= TimeSpan.Zero || time > LongestLifetime))
        {
            throw new InputException(
                "InvalidLifetime",
                $"A message cannot be tried for {time}.",
                "Give a time above 0 and up to ten years, such as '12:00'.");
        }

        base.Begin();
    }

    private protected override async Task<IReadOnlyList<long>> ChangeAsync(
        IMailStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        DateTimeOffset? expiresAt = Lifetime is { } time
            ? await store.NowAsync(cancellationToken).ConfigureAwait(false) + time
            : null;
        return await store.Queue.ResumeAsync(ids, expiresAt, cancellationToken).ConfigureAwait(false);
    }

    private protected override InputException Refuse(QueueItem item) => new(
        "QueueItemNotResumable",
        $"Item {item.Id} cannot be resumed: it is {item.State}.",
        item.State == QueueItemState.Sending
            ? "A distributor has it in work; wait for what becomes of it."
            : "Everybody has the message. To send it once more, queue it again.");
}
