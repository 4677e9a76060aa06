namespace MailAdmin.Mime;

/// <summary>A message that cannot be composed, read or written as asked.</summary>
/// <param name="errorId">The stable name of the failure, such as <c>AttachmentNotFound</c>.</param>
/// <param name="kind">Its sort.</param>
/// <param name="message">What is wrong.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class MessageException(
    string errorId,
    MailErrorKind kind,
    string message,
    string? recommendedAction = null,
    Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException);
