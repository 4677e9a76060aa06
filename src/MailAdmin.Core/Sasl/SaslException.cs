namespace MailAdmin.Sasl;

/// <summary>
/// An authentication that failed on this side: the server did not follow the mechanism, or the credential does not
/// fit.
/// </summary>
/// <param name="errorId">
/// <c>SaslChallengeInvalid</c>, <c>SaslServerNotGenuine</c>, <c>SaslCredentialInvalid</c>, <c>SaslMechanismUnknown</c>,
/// <c>SaslMechanismUnsuitable</c> or <c>SaslNegotiateFailed</c>.
/// </param>
/// <param name="message">What is wrong, without secrets.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class SaslException(
    string errorId, string message, string? recommendedAction = null, Exception? innerException = null)
    : MailException(errorId, MailErrorKind.Authentication, message, recommendedAction, innerException)
{
    internal static SaslException BadChallenge(string mechanism, string reason) => new(
        "SaslChallengeInvalid",
        $"The server broke the rules of {mechanism}: {reason}.",
        "Choose another mechanism, and tell the server's administrator.");
}
