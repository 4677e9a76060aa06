namespace MailAdmin.Server;

/// <summary>The embedded server cannot do what it was asked for.</summary>
/// <param name="errorId">The stable name of the failure, such as <c>InvalidFault</c>.</param>
/// <param name="kind">Its sort.</param>
/// <param name="message">What is wrong.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class SmtpTestServerException(
    string errorId,
    MailErrorKind kind,
    string message,
    string? recommendedAction = null,
    Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException);
