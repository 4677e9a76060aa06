using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary>The states of queued messages as the command line names them.</summary>
internal static class StateName
{
    public static IReadOnlyDictionary<string, QueueItemState> All { get; } =
        Enum.GetValues<QueueItemState>().ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    public static string Of(QueueItemState state) => state switch
    {
        QueueItemState.PartlySent => "partly-sent",
        _ => state.ToString().ToLowerInvariant(),
    };
}
