using System.Text;

namespace MailAdmin.Server;

/// <summary>A reply that the server gives often, in octets already: with its code of RFC 3463 and without.</summary>
internal sealed class StockReply
{
    public static readonly StockReply SenderOk = new(250, "2.1.0", "Sender ok");
    public static readonly StockReply RecipientOk = new(250, "2.1.5", "Recipient ok");
    public static readonly StockReply StartMail = new(354, "", "End data with <CRLF>.<CRLF>");
    public static readonly StockReply MessageTaken = new(250, "2.0.0", "Message taken as ");
    public static readonly StockReply ChunkOk = new(250, "2.0.0", "Chunk ok");
    public static readonly StockReply Flushed = new(250, "2.0.0", "Reset");
    public static readonly StockReply Ok = new(250, "2.0.0", "Ok");
    public static readonly StockReply Bye = new(221, "2.0.0", "Closing the connection");
    public static readonly StockReply CannotVerify = new(252, "2.1.5", "Cannot verify; send some mail and see");
    public static readonly StockReply NoExpand = new(502, "5.5.1", "There are no lists to expand");
    public static readonly StockReply HelpText =
        new(214, "", "Commands: EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT");


    public static readonly StockReply ReadyForTls = new(220, "2.0.0", "Ready to start TLS");
    public static readonly StockReply TlsActive = new(503, "5.5.1", "TLS is on already");
    public static readonly StockReply TlsFirst = new(530, "5.7.0", "Must issue a STARTTLS command first");

    public static readonly StockReply LoggedIn = new(235, "2.7.0", "Authentication successful");
    public static readonly StockReply LoginFailed = new(535, "5.7.8", "Authentication credentials invalid");
    public static readonly StockReply LoginFirst = new(530, "5.7.0", "Authentication required");
    public static readonly StockReply LoggedInAlready = new(503, "5.5.1", "Already authenticated");
    public static readonly StockReply LoginCancelled = new(501, "5.7.0", "Authentication cancelled");
    public static readonly StockReply LoginMalformed = new(501, "5.5.2", "Cannot read the response");
    public static readonly StockReply MechanismUnknown = new(504, "5.5.4", "Authentication mechanism is not supported");
    public static readonly StockReply LoginNeedsTls = new(538, "5.7.11", "Encryption required for authentication");

    public static readonly StockReply TooManyConnections = new(421, "4.3.2", "Too many connections, try again later");
    public static readonly StockReply Stopping = new(421, "4.3.2", "The server is stopping");
    public static readonly StockReply IdleTooLong = new(421, "4.4.2", "Idle for too long");

    public static readonly StockReply CommandUnknown = new(500, "5.5.1", "Command not recognized");
    public static readonly StockReply CommandNotOffered = new(502, "5.5.1", "Command not implemented");
    public static readonly StockReply LineTooLong = new(500, "5.5.2", "Line too long");
    public static readonly StockReply LoginLineTooLong = new(500, "5.5.6", "Authentication exchange line is too long");
    public static readonly StockReply BareLineFeed = new(500, "5.5.2", "A command must end in CRLF, not in LF alone");
    public static readonly StockReply BadCharacter = new(500, "5.5.2", "A control character, or not UTF-8");
    public static readonly StockReply NoArgumentsAllowed = new(501, "5.5.4", "The command takes no arguments");
    public static readonly StockReply NameMissing = new(501, "5.5.4", "A host name or an address literal must follow");
    public static readonly StockReply ArgumentMissing = new(501, "5.5.4", "The command needs an argument");
    public static readonly StockReply BadChunk = new(501, "5.5.4", "Syntax: BDAT octets [LAST]");
    public static readonly StockReply BadMailSyntax = new(501, "5.5.2", "Syntax: MAIL FROM:<address> [parameters]");
    public static readonly StockReply BadRecipientSyntax = new(501, "5.5.2", "Syntax: RCPT TO:<address> [parameters]");
    public static readonly StockReply BadSender = new(501, "5.1.7", "Bad sender address syntax");
    public static readonly StockReply BadRecipient = new(501, "5.1.3", "Bad recipient address syntax");
    public static readonly StockReply BadParameter = new(501, "5.5.4", "A parameter is malformed or given twice");
    public static readonly StockReply UnknownParameter = new(555, "5.5.4", "A parameter is not recognized");
    public static readonly StockReply NeedsUtf8 =
        new(553, "5.6.7", "A non-ASCII address needs the parameter SMTPUTF8 of MAIL FROM");

    public static readonly StockReply HelloFirst = new(503, "5.5.1", "EHLO or HELO must come first");
    public static readonly StockReply MailFirst = new(503, "5.5.1", "MAIL FROM must come first");
    public static readonly StockReply RecipientFirst = new(503, "5.5.1", "RCPT TO must come first");
    public static readonly StockReply NestedMail = new(503, "5.5.1", "A transaction is in progress already");
    public static readonly StockReply InTransaction = new(503, "5.5.1", "Not within a transaction");
    public static readonly StockReply NoValidRecipients = new(554, "5.5.1", "No valid recipients");
    public static readonly StockReply ChunksBegun = new(503, "5.5.1", "The message has begun with BDAT");
    public static readonly StockReply ChunksFailed = new(503, "5.5.1", "A chunk was refused; RSET must come first");
    public static readonly StockReply Refused = new(503, "5.5.1", "No service here; QUIT is all that is left");

    public static readonly StockReply TooManyRecipients = new(452, "4.5.3", "Too many recipients");
    public static readonly StockReply TooManyMessages = new(452, "4.5.3", "Too many messages on this connection");
    public static readonly StockReply TooLarge = new(552, "5.3.4", "The message is larger than this server takes");
    public static readonly StockReply BareNewline =
        new(550, "5.6.11", "A CR or LF stands alone in the message; lines must end in CRLF");
    public static readonly StockReply NotStored = new(452, "4.3.1", "The message could not be written to its folder");

    private readonly byte[] _withEnhanced;
    private readonly byte[] _plain;

    public StockReply(int code, string enhanced, string text)
    {
        Code = code;
        _plain = Encoding.UTF8.GetBytes($"{code} {text}");
        _withEnhanced = enhanced.Length == 0 ? _plain : Encoding.UTF8.GetBytes($"{code} {enhanced} {text}");
    }

    public int Code { get; }

    public ReadOnlySpan<byte> Line(bool withEnhancedCode) => withEnhancedCode ? _withEnhanced : _plain;
}
