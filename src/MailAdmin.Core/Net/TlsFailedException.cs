namespace MailAdmin.Net;

/// <summary>TLS could not be established, for another reason than the peer's certificate.</summary>
/// <param name="errorId">
/// <c>TlsFailed</c>, <c>TlsVersionRefused</c>, <c>ClientCertificateRequired</c>, <c>ClientCertificateRefused</c>,
/// <c>ServerNotTls</c> (plain text where TLS was expected) or <c>ServerSpeaksTls</c> (the reverse).
/// </param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class TlsFailedException(
    string errorId, string message, string? recommendedAction, Exception? innerException = null)
    : MailException(errorId, MailErrorKind.Tls, message, recommendedAction, innerException);
