namespace MailAdmin.Smtp;

/// <summary>What the peer said is not SMTP, or a reply is broken; the session cannot be used any more.</summary>
public sealed class SmtpProtocolException : SmtpException
{
    private SmtpProtocolException(
        string errorId, SmtpStage stage, string message, string action, SmtpReply? reply = null)
        : base(errorId, MailErrorKind.Protocol, stage, message, action, reply)
    {
    }

    internal static SmtpProtocolException NotAReply(string line, SmtpStage stage, bool insideReply)
    {
        if (stage == SmtpStage.Greeting && !insideReply)
        {
            return new SmtpProtocolException(
                "NotAnSmtpServer",
                stage,
                $"This is not an SMTP server: it {ForeignProtocol.Describe(line)}.",
                "Check the server's name and the port: 25 for relay, 587 for submission, 465 for submission with " +
                "implicit TLS.");
        }

        return new SmtpProtocolException(
            "SmtpBrokenReply",
            stage,
            $"The server's answer to {stage.InWords()} is no SMTP reply: '{line}'.",
            "Check that nothing between here and the server (firewall, proxy, antivirus) changes SMTP traffic.");
    }

    internal static SmtpProtocolException MixedCodes(int first, int next, SmtpStage stage) => new(
        "SmtpBrokenReply",
        stage,
        $"The server's answer to {stage.InWords()} contradicts itself: it begins with {first} and goes on with {next}.",
        "Report the fault to the server's administrator.");

    internal static SmtpProtocolException TooLong(SmtpStage stage) => new(
        "SmtpBrokenReply",
        stage,
        $"The server's answer to {stage.InWords()} is longer than any SMTP reply.",
        "Check the server's name and the port.");

    internal static SmtpProtocolException Unexpected(SmtpReply reply, SmtpStage stage) => new(
        "SmtpUnexpectedReply",
        stage,
        $"The server's answer to {stage.InWords()} does not belong there: {reply}",
        "Report the fault to the server's administrator.",
        reply);
}
