namespace MailAdmin.Net;

/// <summary>No connection to the host could be made.</summary>
/// <param name="errorId">The stable name of the failure, such as <c>ConnectionRefused</c>.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="isTransient">True when a later attempt may succeed.</param>
/// <param name="attempts">
/// The addresses that were tried, each with its own failure; empty when none was reached.
/// </param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class ConnectException(
    string errorId,
    string message,
    string? recommendedAction,
    bool isTransient,
    IReadOnlyList<ConnectAttempt>? attempts = null,
    Exception? innerException = null)
    : MailException(errorId, MailErrorKind.Connection, message, recommendedAction, innerException)
{
    /// <summary>The addresses that were tried, in the order in which they failed.</summary>
    public IReadOnlyList<ConnectAttempt> Attempts { get; } = attempts ?? [];

    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}
