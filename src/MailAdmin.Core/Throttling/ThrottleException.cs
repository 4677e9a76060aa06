namespace MailAdmin.Throttling;

/// <summary>Limits that cannot be used as they are, or a message that no waiting lets through.</summary>
/// <param name="errorId">The stable name of the failure, such as <c>InvalidLimit</c>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="kind">Its sort.</param>
public sealed class ThrottleException(
    string errorId, string message, string recommendedAction, MailErrorKind kind = MailErrorKind.InvalidInput)
    : MailException(errorId, kind, message, recommendedAction);
