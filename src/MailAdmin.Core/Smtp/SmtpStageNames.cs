namespace MailAdmin.Smtp;

/// <summary>How stages are called in messages.</summary>
internal static class SmtpStageNames
{
    internal static string InWords(this SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => "the connection attempt",
        SmtpStage.Tls => "the TLS handshake",
        SmtpStage.Greeting => "the greeting",
        SmtpStage.Ehlo => "EHLO",
        SmtpStage.StartTls => "STARTTLS",
        SmtpStage.Auth => "AUTH",
        SmtpStage.MailFrom => "MAIL FROM",
        SmtpStage.RcptTo => "RCPT TO",
        SmtpStage.Data => "DATA",
        SmtpStage.Content => "the message's content",
        SmtpStage.EndOfData => "the end of the message",
        SmtpStage.Rset => "RSET",
        SmtpStage.Noop => "NOOP",
        SmtpStage.Quit => "QUIT",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage."),
    };
}
