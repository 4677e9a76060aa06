namespace MailAdmin.Server;

/// <summary>Which step of the fault script a command is, and the first digit of its reply on success.</summary>
internal static class CommandSteps
{
    public static (FaultStep Step, int SuccessClass)? Find(SmtpVerb verb) => verb switch
    {
        SmtpVerb.Ehlo => (FaultStep.Ehlo, 2),
        SmtpVerb.Helo => (FaultStep.Helo, 2),
        SmtpVerb.StartTls => (FaultStep.StartTls, 2),
        SmtpVerb.Auth => (FaultStep.Auth, 2),
        SmtpVerb.Mail => (FaultStep.Mail, 2),
        SmtpVerb.Rcpt => (FaultStep.Rcpt, 2),
        SmtpVerb.Data => (FaultStep.Data, 3),
        SmtpVerb.Bdat => (FaultStep.Bdat, 2),
        SmtpVerb.Rset => (FaultStep.Rset, 2),
        SmtpVerb.Noop => (FaultStep.Noop, 2),
        SmtpVerb.Vrfy => (FaultStep.Vrfy, 2),
        SmtpVerb.Help => (FaultStep.Help, 2),
        SmtpVerb.Quit => (FaultStep.Quit, 2),
        _ => null,
    };
}
