namespace MailAdmin.Net;

/// <summary>A host, port, proxy or local address that cannot be used; nothing was tried.</summary>
/// <param name="errorId">
/// <c>InvalidHost</c>, <c>InvalidPort</c>, <c>InvalidProxy</c> or <c>InvalidSourceAddress</c>.
/// </param>
/// <param name="message">What is wrong with it.</param>
/// <param name="recommendedAction">What to do about it.</param>
public sealed class DialOptionsException(string errorId, string message, string recommendedAction)
    : MailException(errorId, MailErrorKind.InvalidInput, message, recommendedAction);
