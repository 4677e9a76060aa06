namespace MailAdmin.Net;

/// <summary>A certificate to log in with that cannot be loaded.</summary>
/// <param name="errorId">
/// <c>ClientCertificateNotFound</c>, <c>ClientCertificateInvalid</c> or <c>ClientCertificateWithoutKey</c>.
/// </param>
/// <param name="kind">Its sort.</param>
/// <param name="message">What is wrong with it.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class ClientCertificateException(
    string errorId, MailErrorKind kind, string message, string recommendedAction, Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException);
