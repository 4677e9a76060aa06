namespace MailAdmin.Transports;

/// <summary>A client certificate that cannot be read or lacks what logging in needs.</summary>
/// <param name="errorId"><c>ClientCertificateNotFound</c> or <c>ClientCertificateUnusable</c>.</param>
/// <param name="kind">Its sort.</param>
/// <param name="message">What is wrong.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class ClientCertificateException(
    string errorId,
    MailErrorKind kind,
    string message,
    string recommendedAction,
    Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException);
