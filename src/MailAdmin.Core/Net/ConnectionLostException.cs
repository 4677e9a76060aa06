namespace MailAdmin.Net;

/// <summary>A connection that was up broke: the peer closed or reset it, or the network failed.</summary>
/// <param name="host">The peer, as the user named it.</param>
/// <param name="stage">What was going on, such as <c>the reply to MAIL FROM</c>.</param>
/// <param name="reason">What was seen, as the end of a sentence.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class ConnectionLostException(
    string host, string stage, string reason, Exception? innerException = null)
    : MailException(
        "ConnectionLost",
        MailErrorKind.Connection,
        $"The connection to {host} was lost during {stage}: {reason}.",
        "Try again later. If it always breaks at this point, ask who runs the server, and look for a firewall or virus "
        + "scanner in between.",
        innerException)
{
    /// <summary>What was going on when the connection broke.</summary>
    public string Stage { get; } = stage;

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
