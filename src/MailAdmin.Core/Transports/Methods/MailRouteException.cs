namespace MailAdmin.Transports.Methods;

/// <summary>A method of sending that cannot be used in the way that was asked for; nothing was sent.</summary>
/// <param name="errorId">The stable name of the failure, such as <c>MethodNeedsLogin</c>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="kind">Its sort.</param>
public sealed class MailRouteException(
    string errorId, string message, string recommendedAction, MailErrorKind kind = MailErrorKind.InvalidInput)
    : MailException(errorId, kind, message, recommendedAction);
