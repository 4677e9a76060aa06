using System.CommandLine;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary><c>mailadmin queue resume</c>: makes messages due at once.</summary>
internal sealed class QueueResumeCommand : QueueChangeCommand
{
    private readonly Option<double?> _lifetime = new("--lifetime")
    {
        HelpName = "HOURS", Description = "How long to try from now on; by default 48 hours, or until its own end.",
    };

    public QueueResumeCommand(CliHost host, Option<bool> json)
        : base(
            "resume",
            "Makes messages due at once, also those that failed or expired. Who has the message does not get it again.",
            host,
            json) => Add(_lifetime);

    protected override string Done => "resumed";

    protected override async Task<IReadOnlyList<long>> ChangeAsync(
        ParseResult parsed, IMailStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        DateTimeOffset? expiresAt = parsed.GetValue(_lifetime) switch
        {
            null => null,
            > 0 and <= 87_600 and var hours => await store.NowAsync(cancellationToken) + TimeSpan.FromHours(hours),
            _ => throw CliException.Usage(
                "--lifetime takes hours, from above 0 up to 87600.", "Write for example --lifetime 12."),
        };
        return await store.Queue.ResumeAsync(ids, expiresAt, cancellationToken);
    }

    protected override QueueItem Shown(QueueItem before, QueueItem? after) => after ?? before;

    protected override CliException Refuse(QueueItem item) => item.State == QueueItemState.Sending
        ? new(
            ExitCode.TemporaryFailure,
            "QueueItemNotResumable",
            MailErrorKind.InvalidInput,
            $"Message {item.Id} cannot be resumed: a distributor has it in work.",
            "Wait for what becomes of it.")
        : new(
            ExitCode.DataError,
            "QueueItemNotResumable",
            MailErrorKind.InvalidInput,
            $"Message {item.Id} cannot be resumed: it is {StateName.Of(item.State)}.",
            "Everybody has the message. To send it once more, queue it again.");
}
