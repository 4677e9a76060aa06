namespace MailAdmin;

/// <summary>
/// The base of every failure that MailAdmin itself raises. Faces turn it into their own form (an ErrorRecord, an exit
/// code) from <see cref="ErrorId"/>, <see cref="Kind"/> and <see cref="RecommendedAction"/>; they need no table of
/// types.
/// </summary>
public abstract class MailException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">A stable name in PascalCase, such as <c>SmtpAuthFailed</c>.</param>
    /// <param name="kind">What sort of failure it is.</param>
    /// <param name="message">What happened, in words that an admin understands, without secrets.</param>
    /// <param name="recommendedAction">The first remedy, or null when there is none to name.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    protected MailException(
        string errorId,
        MailErrorKind kind,
        string message,
        string? recommendedAction = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
        RecommendedAction = recommendedAction;
    }

    /// <summary>A stable name for the failure, such as <c>SmtpAuthFailed</c>; scripts may compare it.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of failure it is.</summary>
    public MailErrorKind Kind { get; }

    /// <summary>The first thing to do about it, as one or two sentences; null when nothing can be advised.</summary>
    public string? RecommendedAction { get; }

    /// <summary>True when the same attempt may succeed later without anybody changing anything.</summary>
    public virtual bool IsTransient => false;
}
