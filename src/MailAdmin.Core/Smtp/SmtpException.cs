namespace MailAdmin.Smtp;

/// <summary>A failure of an SMTP session or of a command in it; says at which stage.</summary>
public abstract class SmtpException : MailException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">A stable name in PascalCase.</param>
    /// <param name="kind">What sort of failure it is.</param>
    /// <param name="stage">Where it happened.</param>
    /// <param name="message">What happened.</param>
    /// <param name="recommendedAction">The first remedy, or null.</param>
    /// <param name="reply">What the server said, if it was a reply.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    protected SmtpException(
        string errorId,
        MailErrorKind kind,
        SmtpStage stage,
        string message,
        string? recommendedAction = null,
        SmtpReply? reply = null,
        Exception? innerException = null)
        : base(errorId, kind, message, recommendedAction, innerException)
    {
        Stage = stage;
        Reply = reply;
    }

    /// <summary>Where in the session it happened.</summary>
    public SmtpStage Stage { get; }

    /// <summary>What the server said, or null when the failure was no reply.</summary>
    public SmtpReply? Reply { get; }

    /// <inheritdoc/>
    public override bool IsTransient => Reply is { IsTransientFailure: true };
}
