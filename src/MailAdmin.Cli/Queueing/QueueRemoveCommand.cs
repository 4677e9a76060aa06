using System.CommandLine;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary><c>mailadmin queue remove</c>: removes messages for good.</summary>
internal sealed class QueueRemoveCommand(CliHost host, Option<bool> json) : QueueChangeCommand(
    "remove",
    "Removes messages from the queue for good. Who does not have the message will not get it, and nobody is told.",
    host,
    json)
{
    protected override string Done => "removed";

    protected override Task<IReadOnlyList<long>> ChangeAsync(
        ParseResult parsed, IMailStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        store.Queue.RemoveAsync(ids, cancellationToken);

    protected override QueueItem Shown(QueueItem before, QueueItem? after) => before;

    protected override CliException Refuse(QueueItem item) => new(
        ExitCode.TemporaryFailure,
        "QueueItemInWork",
        MailErrorKind.InvalidInput,
        $"Message {item.Id} cannot be removed: a distributor has it in work.",
        "Wait for what becomes of it.");
}
