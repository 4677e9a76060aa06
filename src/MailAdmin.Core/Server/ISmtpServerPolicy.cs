using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>
/// Decides what the embedded server answers, after its own checks of syntax, sequence and limits and before the command
/// takes effect; so a server behaves like a certain product. A method that returns null leaves the decision to the
/// server. A reply of the sort that the command has on success (2yz) lets it take effect and replaces the server's own
/// reply; any other refuses it. 421 closes the connection. An enhanced code is part of the reply's text. Calls for one
/// connection come one at a time, for several at once.
/// </summary>
public interface ISmtpServerPolicy
{
    /// <summary>The greeting; anything but 220 refuses all that follows.</summary>
    SmtpReply? Greet(SmtpSessionInfo session) => null;

    /// <summary>EHLO or HELO.</summary>
    /// <param name="session">The connection; its client name is set.</param>
    /// <param name="keywords">
    /// The lines of the reply to EHLO behind the first, to be changed at will; empty for HELO. Of no effect when a
    /// reply is returned, as that is said in whole.
    /// </param>
    SmtpReply? Hello(SmtpSessionInfo session, IList<string> keywords) => null;

    /// <summary>
    /// Any other command that a server serves: STARTTLS, AUTH, DATA, RSET, NOOP, VRFY, HELP and QUIT. AUTH has no reply
    /// of its own on success: here only a refusal counts, as for DATA only a 354 or a refusal.
    /// </summary>
    /// <param name="session">The connection.</param>
    /// <param name="verb">The command in capitals.</param>
    SmtpReply? Command(SmtpSessionInfo session, string verb) => null;

    /// <summary>
    /// What a client answers within a login, as it came: base64 that nobody has decoded yet. Only a refusal counts; it
    /// ends the exchange.
    /// </summary>
    /// <param name="session">The connection.</param>
    /// <param name="mechanism">The SASL mechanism in capitals.</param>
    /// <param name="response">The response; empty for the initial response <c>=</c>.</param>
    SmtpReply? Response(SmtpSessionInfo session, string mechanism, string response) => null;

    /// <summary>A login whose exchange is complete. 235 accepts it; null asks the users table and callback.</summary>
    SmtpReply? LogIn(SmtpSessionInfo session, SmtpLogin login) => null;

    /// <summary>MAIL FROM.</summary>
    SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail) => null;

    /// <summary>RCPT TO.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="mail">The MAIL FROM of the transaction.</param>
    /// <param name="recipient">The recipient in question.</param>
    /// <param name="accepted">Those accepted before.</param>
    SmtpReply? Recipient(
        SmtpSessionInfo session,
        SmtpMailCommand mail,
        EnvelopeRecipient recipient,
        IReadOnlyList<EnvelopeRecipient> accepted) => null;

    /// <summary>A message that was received in full and is not stored yet.</summary>
    SmtpReply? Message(SmtpSessionInfo session, ReceivedMessage message) => null;

    /// <summary>The conversation is over, on whose wish ever; called once, before a farewell leaves.</summary>
    void End(SmtpSessionInfo session)
    {
    }
}
