namespace MailAdmin.Cli.Queueing;

/// <summary>The failure that a number is of no message in the queue.</summary>
internal static class QueueItemMissing
{
    public static CliException Of(long id) => new(
        ExitCode.NoInput,
        "QueueItemNotFound",
        MailErrorKind.NotFound,
        $"There is no message {id} in the queue.",
        "'mailadmin queue list' shows those that are there.");
}
