using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>
/// Executes commands (RFC 5321 §4.1, §4.3): checks sequence, syntax and limits, and writes exactly one reply to each
/// but BDAT, whose reply follows its octets.
/// </summary>
internal sealed class SmtpDialogue(SmtpTestServerOptions options, SmtpSessionInfo session, ReplyWriter replies)
{
    private bool _refused;
    private int _messagesBegun;

    public MailTransaction? Transaction { get; private set; }

    public LoginDialogue Login { get; } = new(options, session, replies);

    /// <summary>Says the greeting.</summary>
    public void Greet()
    {
        var decision = options.Policy?.Greet(session);
        if (decision is { IsPositive: false })
        {
            _refused = true;
            replies.WriteAsIs(decision);
            return;
        }

        replies.Replacement ??= decision;
        replies.WriteLines(220, [$"{options.HostName} ESMTP MailAdmin test server"]);
    }

    /// <summary>From now on only QUIT is served (RFC 5321 §3.1), as the greeting was no 220.</summary>
    public void RefuseService() => _refused = true;

    /// <summary>Forgets all that was said before TLS (RFC 3207 §4.2).</summary>
    public void Restart()
    {
        Transaction = null;
        session.ClientName = null;
        session.IsExtended = false;
    }

    public void EndTransaction() => Transaction = null;

    /// <summary>Executes any command but BDAT.</summary>
    public CommandEffect Execute(ClientCommand command)
    {
        if (_refused && command.Verb != SmtpVerb.Quit)
        {
            replies.Write(StockReply.Refused);
            return CommandEffect.None;
        }

        switch (command.Verb)
        {
            case SmtpVerb.Mail:
                Mail(command.Arguments);
                break;
            case SmtpVerb.Rcpt:
                Recipient(command.Arguments);
                break;
            case SmtpVerb.Data:
                return Data(command.Arguments);
            case SmtpVerb.Ehlo or SmtpVerb.Helo:
                Hello(command.Verb == SmtpVerb.Ehlo, command.Arguments);
                break;
            case SmtpVerb.StartTls:
                return StartTls(command.Arguments);
            case SmtpVerb.Auth:
                Authenticate(command.Arguments);
                break;
            case SmtpVerb.Rset:
                Reset(command.Arguments);
                break;
            case SmtpVerb.Quit:
                return Quit(command.Arguments);
            case SmtpVerb.Unknown or SmtpVerb.Expn:
                replies.Write(Minor(command));
                break;
            default:
                Answer(command.Verb, Minor(command));
                break;
        }

        return CommandEffect.None;
    }

    /// <summary>What speaks against a chunk; null when it may come. Its octets come in either case.</summary>
    public StockReply? CheckChunk() =>
        _refused ? StockReply.Refused
        : CheckContent() is { } fault ? fault
        : Transaction!.HasFailed ? StockReply.ChunksFailed
        : null;

    private static StockReply Minor(ClientCommand command) => command.Verb switch
    {
        SmtpVerb.Noop => StockReply.Ok,
        SmtpVerb.Vrfy => command.Arguments.IsEmpty ? StockReply.ArgumentMissing : StockReply.CannotVerify,
        SmtpVerb.Expn => StockReply.NoExpand,
        SmtpVerb.Help => StockReply.HelpText,
        _ => StockReply.CommandUnknown,
    };

    private void Hello(bool isExtended, ReadOnlySpan<byte> arguments)
    {
        if (arguments.IsEmpty || arguments.Contains((byte)' '))
        {
            replies.Write(StockReply.NameMissing);
            return;
        }

        session.ClientName = System.Text.Encoding.UTF8.GetString(arguments);
        session.IsExtended = isExtended;
        Transaction = null;
        var keywords = isExtended ? EhloKeywords.For(options, session) : [];
        if (Refuses(options.Policy?.Hello(session, keywords)))
        {
            Restart();
            return;
        }

        replies.WriteLines(250, [options.HostName, .. keywords]);
    }

    private CommandEffect StartTls(ReadOnlySpan<byte> arguments)
    {
        var fault =
            !options.Offers(SmtpServerExtensions.StartTls) ? StockReply.CommandNotOffered
            : session.TlsProtocol is not null ? StockReply.TlsActive
            : options.Security != SmtpServerSecurity.StartTls ? StockReply.CommandNotOffered
            : !arguments.IsEmpty ? StockReply.NoArgumentsAllowed
            : session.ClientName is null ? StockReply.HelloFirst
            : Transaction is not null ? StockReply.InTransaction
            : null;
        return Answer(SmtpVerb.StartTls, fault ?? StockReply.ReadyForTls)
            ? CommandEffect.Handshake
            : CommandEffect.None;
    }

    private void Authenticate(ReadOnlySpan<byte> arguments)
    {
        var fault =
            !options.KnowsUsers || !options.Offers(SmtpServerExtensions.Auth) ? StockReply.CommandNotOffered
            : !session.IsExtended ? StockReply.HelloFirst
            : !EhloKeywords.AllowsLogin(options, session) ? StockReply.LoginNeedsTls
            : session.User is not null ? StockReply.LoggedInAlready
            : Transaction is not null ? StockReply.InTransaction
            : arguments.IsEmpty ? StockReply.ArgumentMissing
            : null;
        if (fault is not null)
        {
            replies.Write(fault);
        }
        else if (Ask(SmtpVerb.Auth) is { Code: >= 400 } refusal)
        {
            replies.WriteAsIs(refusal);
        }
        else
        {
            Login.Begin(arguments);
        }
    }

    private void Mail(ReadOnlySpan<byte> arguments)
    {
        SmtpMailCommand? mail = null;
        var fault =
            session.ClientName is null ? StockReply.HelloFirst
            : Transaction is not null ? StockReply.NestedMail
            : options.RequireTls && session.TlsProtocol is null ? StockReply.TlsFirst
            : options.RequireAuthentication && session.User is null ? StockReply.LoginFirst
            : MailCommandParser.Parse(arguments, options, out mail) is { } bad ? bad
            : mail.DeclaredSize > options.MaxMessageSize ? StockReply.TooLarge
            : options.MaxMessagesPerConnection > 0 && _messagesBegun >= options.MaxMessagesPerConnection
                ? StockReply.TooManyMessages
            : null;
        if (fault is not null)
        {
            replies.Write(fault);
        }
        else if (!Refuses(options.Policy?.Mail(session, mail!)))
        {
            _messagesBegun++;
            Transaction = new MailTransaction(mail!);
            replies.Write(StockReply.SenderOk);
        }
    }

    private void Recipient(ReadOnlySpan<byte> arguments)
    {
        if (Transaction is not { } transaction)
        {
            replies.Write(session.ClientName is null ? StockReply.HelloFirst : StockReply.MailFirst);
            return;
        }

        MailAdmin.Addressing.EnvelopeRecipient? recipient = null;
        var fault =
            transaction.HasChunks ? StockReply.ChunksBegun
            : RecipientCommandParser.Parse(
                arguments, options, transaction.Mail.UsesUtf8, out recipient) is { } bad ? bad
            : transaction.Recipients.Count >= options.MaxRecipients ? StockReply.TooManyRecipients
            : null;
        if (fault is not null)
        {
            transaction.HasRefusedRecipient = true;
            replies.Write(fault);
        }
        else if (Refuses(options.Policy?.Recipient(session, transaction.Mail, recipient!, transaction.Recipients)))
        {
            transaction.HasRefusedRecipient = true;
        }
        else
        {
            transaction.Recipients.Add(recipient!);
            replies.Write(StockReply.RecipientOk);
        }
    }

    private CommandEffect Data(ReadOnlySpan<byte> arguments)
    {
        var fault =
            !arguments.IsEmpty ? StockReply.NoArgumentsAllowed
            : CheckContent() is { } bad ? bad
            : Transaction!.HasChunks ? StockReply.ChunksBegun
            : null;
        return Answer(SmtpVerb.Data, fault ?? StockReply.StartMail) ? CommandEffect.Content : CommandEffect.None;
    }

    private StockReply? CheckContent() =>
        session.ClientName is null ? StockReply.HelloFirst
        : Transaction is null ? StockReply.MailFirst
        : Transaction.Recipients.Count > 0 ? null
        : Transaction.HasRefusedRecipient ? StockReply.NoValidRecipients
        : StockReply.RecipientFirst;

    private void Reset(ReadOnlySpan<byte> arguments)
    {
        if (!arguments.IsEmpty)
        {
            replies.Write(StockReply.NoArgumentsAllowed);
            return;
        }

        if (Answer(SmtpVerb.Rset, StockReply.Flushed))
        {
            Transaction = null;
        }
    }

    private CommandEffect Quit(ReadOnlySpan<byte> arguments)
    {
        return Answer(SmtpVerb.Quit, arguments.IsEmpty ? StockReply.Bye : StockReply.NoArgumentsAllowed)
            ? CommandEffect.Close
            : CommandEffect.None;
    }

    /// <summary>
    /// Writes the reply to a command; where it is no refusal yet, the policy may refuse or say it otherwise. True when
    /// the command takes effect.
    /// </summary>
    private bool Answer(SmtpVerb verb, StockReply reply)
    {
        if (reply.Code >= 400)
        {
            replies.Write(reply);
            return false;
        }

        if (Refuses(Ask(verb), reply.Code / 100))
        {
            return false;
        }

        replies.Write(reply);
        return true;
    }

    private SmtpReply? Ask(SmtpVerb verb) => options.Policy?.Command(session, verb.ToString().ToUpperInvariant());

    /// <summary>
    /// Lets the policy decide: true when its reply refuses, and is written; else it may replace the text.
    /// </summary>
    private bool Refuses(SmtpReply? decision, int successClass = 2)
    {
        if (decision is not null && decision.Code / 100 != successClass)
        {
            replies.WriteAsIs(decision);
            return true;
        }

        replies.Replacement ??= decision;
        return false;
    }
}
