namespace MailAdmin.Smtp;

/// <summary>The server refused a command; unless the reply was 421 the session lives on.</summary>
public sealed class SmtpCommandException : SmtpException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="stage">Which command it was.</param>
    /// <param name="reply">The refusal.</param>
    public SmtpCommandException(SmtpStage stage, SmtpReply reply)
        : base(
            $"Smtp{stage}Refused",
            MailErrorKind.Rejected,
            stage,
            stage == SmtpStage.Greeting
                ? $"The server refuses the session: {reply}"
                : $"The server refused {stage.InWords()}: {reply}",
            reply.IsTransientFailure
                ? "The server says that this is temporary; try again later."
                : "The server's words say what it objects to; the same attempt will fail again.",
            reply)
    {
    }
}
