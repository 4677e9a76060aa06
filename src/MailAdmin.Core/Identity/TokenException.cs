namespace MailAdmin.Identity;

/// <summary>No token was to be had.</summary>
/// <param name="errorId">
/// <c>TokenRefused</c>, <c>TokenSignInNeeded</c>, <c>TokenDeclined</c>, <c>TokenCodeExpired</c>,
/// <c>TokenServiceThrottled</c>, <c>TokenServiceUnreachable</c>, <c>TokenServiceFailed</c>,
/// <c>ManagedIdentityMissing</c>,
/// <c>TokenSettingsIncomplete</c> or <c>TokenFileUnusable</c>.
/// </param>
/// <param name="kind">What sort of failure it is.</param>
/// <param name="message">What happened, without secrets.</param>
/// <param name="recommendedAction">The first remedy.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class TokenException(
    string errorId, MailErrorKind kind, string message, string? recommendedAction, Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException)
{
    /// <summary>
    /// The service's own code, such as <c>AADSTS700016</c> or <c>invalid_grant</c>; null when it gave none.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>How long the service asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc/>
    public override bool IsTransient => ErrorId is
        "TokenServiceThrottled" or "TokenServiceUnreachable" or "TokenServiceFailed";

    /// <summary>The same failure in other words, without its cause, which may hold the first ones.</summary>
    internal TokenException With(string words) => new(ErrorId, Kind, words, RecommendedAction)
    {
        Code = Code,
        Status = Status,
        RetryAfter = RetryAfter,
    };

    internal static TokenException Incomplete(string what, string remedy) => new(
        "TokenSettingsIncomplete", MailErrorKind.InvalidInput, $"It is not said which {what} to use.", remedy);
}
