namespace MailAdmin.PowerShell.Hosting;

/// <summary>Parameters that cannot be used together or as they are; nothing was tried.</summary>
/// <param name="errorId">The stable name of the failure, such as <c>NoServer</c>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="kind">Its sort.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class InputException(
    string errorId,
    string message,
    string recommendedAction,
    MailErrorKind kind = MailErrorKind.InvalidInput,
    Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException);
