using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// Makes an embedded server behave like a certain service: it enforces that service's limits and says its replies, as
/// they are known from public sources in November 2026. Host names and ids in them are made up. One personality serves
/// one server.
/// <code>
/// var personality = new ExchangeOnlineSubmission(new() { Accounts = [new("scanner@contoso.com")] });
/// await using var server = await SmtpTestServer.StartAsync(personality.Apply(new()));
/// </code>
/// </summary>
public abstract class ServerPersonality : ISmtpServerPolicy
{
    /// <summary>The order in which the services name their extensions; BINARYMIME is not offered here.</summary>
    private static readonly string[] KeywordOrder =
        ["SIZE", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "AUTH", "8BITMIME", "CHUNKING", "SMTPUTF8"];

    private protected ServerPersonality(string serverName, TimeProvider time)
    {
        ServerName = serverName;
        Time = time;
    }

    /// <summary>The made-up machine that the replies name.</summary>
    public string ServerName { get; }

    private protected TimeProvider Time { get; }

    /// <summary>Sets what the service fixes: the policy, TLS, login, extensions and size; leaves all else.</summary>
    /// <param name="options">The options of the server.</param>
    /// <exception cref="SmtpTestServerException">
    /// TLS from the first octet is asked for, which the services do not speak (<c>InvalidServerOptions</c>).
    /// </exception>
    public virtual SmtpTestServerOptions Apply(SmtpTestServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Security == SmtpServerSecurity.Implicit)
        {
            throw new SmtpTestServerException(
                "InvalidServerOptions",
                MailErrorKind.InvalidInput,
                "The service that this personality plays speaks TLS only after STARTTLS; it has no port 465.",
                "Leave the security out.");
        }

        return options with
        {
            Policy = this,
            Security = SmtpServerSecurity.StartTls,
            RequireTls = false,
            RequireAuthentication = false,
            MaxMessageSize = Math.Min(options.MaxMessageSize, MaxMessageSize),
            Time = Time,
        };
    }

    /// <inheritdoc/>
    public SmtpReply? Greet(SmtpSessionInfo session)
    {
        var now = Time.GetUtcNow().ToString("ddd, d MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        return PersonalityReply.Of(
            $"220 {ServerName} Microsoft ESMTP MAIL Service ready at {now} [{SessionId(session)}]");
    }

    /// <inheritdoc/>
    public SmtpReply? Hello(SmtpSessionInfo session, IList<string> keywords)
    {
        ArgumentNullException.ThrowIfNull(session);
        var offered =
            from name in KeywordOrder
            from keyword in keywords
            where keyword.Split(' ')[0] == name
            select keyword;
        return new SmtpReply(250, null, [$"{ServerName} Hello [{session.RemoteEndPoint?.Address}]", .. offered]);
    }

    /// <inheritdoc/>
    public virtual SmtpReply? Command(SmtpSessionInfo session, string verb) => verb switch
    {
        "STARTTLS" => PersonalityReply.Of("220 2.0.0 SMTP server ready"),
        "DATA" => PersonalityReply.Of("354 Start mail input; end with <CRLF>.<CRLF>"),
        "RSET" => PersonalityReply.Of("250 2.0.0 Resetting"),
        "NOOP" => PersonalityReply.Of("250 2.0.0 OK"),
        "QUIT" => PersonalityReply.Of("221 2.0.0 Service closing transmission channel"),
        _ => null,
    };

    /// <inheritdoc/>
    public virtual SmtpReply? Response(SmtpSessionInfo session, string mechanism, string response) => null;

    /// <inheritdoc/>
    public abstract SmtpReply? LogIn(SmtpSessionInfo session, SmtpLogin login);

    /// <inheritdoc/>
    public abstract SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail);

    /// <inheritdoc/>
    public abstract SmtpReply? Recipient(
        SmtpSessionInfo session,
        SmtpMailCommand mail,
        EnvelopeRecipient recipient,
        IReadOnlyList<EnvelopeRecipient> accepted);

    /// <inheritdoc/>
    public abstract SmtpReply? Message(SmtpSessionInfo session, ReceivedMessage message);

    /// <inheritdoc/>
    public virtual void End(SmtpSessionInfo session)
    {
    }

    private protected static long MaxMessageSize => 157_286_400;

    private protected static SmtpReply SenderOk => PersonalityReply.Of("250 2.1.0 Sender OK");

    private protected static SmtpReply RecipientOk => PersonalityReply.Of("250 2.1.5 Recipient OK");

    private protected SmtpReply TooManyRecipients =>
        PersonalityReply.Of($"452 4.5.3 Too many recipients [{ServerName}]");

    /// <summary>A reply with the mark that the front ends put behind it: host, time, session.</summary>
    private protected SmtpReply Stamped(SmtpSessionInfo session, string line)
    {
        var now = Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return PersonalityReply.Of($"{line} [{ServerName} {now} {SessionId(session)}]");
    }

    /// <summary>A reply with the mark of the mailbox servers.</summary>
    private protected SmtpReply FromMailboxServer(string line) =>
        PersonalityReply.Of($"{line} [Hostname={ServerName}]");

    private static string SessionId(SmtpSessionInfo session) =>
        string.Create(CultureInfo.InvariantCulture, $"08DE2A60{session.Number:X8}");
}
