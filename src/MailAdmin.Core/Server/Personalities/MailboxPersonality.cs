using System.Collections.Concurrent;
using System.Security.Authentication;
using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server.Personalities;

/// <summary>A service that takes mail from accounts that log in, over TLS.</summary>
public abstract class MailboxPersonality : ServerPersonality
{
    private protected const string Unsuccessful = "535 5.7.3 Authentication unsuccessful";

    private const string TokenMechanism = "XOAUTH2";
    private const string WrongPassword =
        "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.";

    private readonly Dictionary<string, MailboxAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<SmtpSessionInfo, string> _refusedLogins = new();
    private readonly ConcurrentDictionary<SmtpSessionInfo, DateTimeOffset> _tokenEnds = new();
    private readonly int _recipientsPerMessage;

    private protected MailboxPersonality(
        string serverName, TimeProvider time, IReadOnlyList<MailboxAccount> accounts, int recipientsPerMessage)
        : base(serverName, time)
    {
        _recipientsPerMessage = recipientsPerMessage;
        foreach (var account in accounts)
        {
            if (!_accounts.TryAdd(account.User, account))
            {
                throw new SmtpTestServerException(
                    "InvalidServerOptions",
                    MailErrorKind.InvalidInput,
                    $"The account '{account.User}' is given twice.",
                    "Give each account once, with all that is to be said about it.");
            }
        }
    }

    /// <inheritdoc/>
    public override SmtpTestServerOptions Apply(SmtpTestServerOptions options) => base.Apply(options) with
    {
        // The policy decides about each login; this only makes the server offer them.
        Authenticate = static _ => false,
        Mechanisms = ["LOGIN", TokenMechanism],
        MaxRecipients = Math.Min(options.MaxRecipients, _recipientsPerMessage),
    };

    /// <inheritdoc/>
    public override SmtpReply? Command(SmtpSessionInfo session, string verb)
    {
        ArgumentNullException.ThrowIfNull(session);
        return verb == "AUTH" && session.TlsProtocol < SslProtocols.Tls12 && !AllowsLegacyTls
            ? Stamped(session, OldTls)
            : base.Command(session, verb);
    }

    /// <inheritdoc/>
    public override SmtpReply? LogIn(SmtpSessionInfo session, SmtpLogin login)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(login);
        var hasToken = login.Mechanism == TokenMechanism;
        var account = _accounts.GetValueOrDefault(login.User);
        var refusal =
            account is null ? UnknownUser(hasToken)
            : hasToken ? CheckToken(account, login)
            : account.Password is not null && !login.Proves(account.Password) ? WrongPassword
            : null;
        refusal ??= CheckState(account!, hasToken);
        if (refusal is not null)
        {
            _refusedLogins[session] = refusal;
            return Stamped(session, refusal);
        }

        if (hasToken && EntraToken.End(login.Secret!) is { } end)
        {
            _tokenEnds[session] = end;
        }

        Welcome(session, account!);
        return PersonalityReply.Of("235 2.7.0 Authentication successful");
    }

    /// <inheritdoc/>
    public override SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(mail);
        var refusal =
            session.TlsProtocol is null ? "451 5.7.3 STARTTLS is required to send mail"
            : session.User is null ? NotLoggedIn(session)
            : HasEnded(session) ? "421 4.7.0 The access token has expired, closing the connection"
            : mail.ReversePath is { } sender ? CheckSender(_accounts[session.User], sender)
            : null;
        return refusal is null ? SenderOk : Stamped(session, refusal);
    }

    /// <inheritdoc/>
    public override SmtpReply? Recipient(
        SmtpSessionInfo session,
        SmtpMailCommand mail,
        EnvelopeRecipient recipient,
        IReadOnlyList<EnvelopeRecipient> accepted) => RecipientOk;

    /// <inheritdoc/>
    public override SmtpReply? Message(SmtpSessionInfo session, ReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        var author = AuthorField.Read(message);
        return CheckMessage(session, _accounts[session.User!], message, author) is { } refusal
            ? FromMailboxServer(refusal)
            : FromMailboxServer($"250 2.0.0 OK <{message.Id}@{ServerName}>");
    }

    /// <inheritdoc/>
    public override void End(SmtpSessionInfo session)
    {
        _refusedLogins.TryRemove(session, out _);
        _tokenEnds.TryRemove(session, out _);
    }

    private protected virtual bool AllowsLegacyTls => false;

    /// <summary>What is said to a token; null accepts it.</summary>
    private protected abstract string? CheckToken(MailboxAccount account, TokenVerdict verdict);

    private protected abstract TimeSpan MinimumTokenLifetime { get; }

    private protected virtual IReadOnlyList<string> RolesThatSend => ["SMTP.SendAsApp"];

    /// <summary>True to close a session at the first MAIL FROM after the end of its token.</summary>
    private protected virtual bool EndsSessionsWithToken => false;

    private protected virtual string UnknownUser(bool hasToken) => Unsuccessful;

    /// <summary>What is said to the login of an account; null accepts it.</summary>
    private protected virtual string? CheckState(MailboxAccount account, bool hasToken) =>
        AccountStateReplies.ToLogin(account.State, hasToken);

    private protected virtual void Welcome(SmtpSessionInfo session, MailboxAccount account)
    {
    }

    /// <summary>What is said to MAIL FROM; null accepts it.</summary>
    private protected abstract string? CheckSender(MailboxAccount account, EmailAddress sender);

    /// <summary>What is said to a message; null accepts it.</summary>
    private protected abstract string? CheckMessage(
        SmtpSessionInfo session, MailboxAccount account, ReceivedMessage message, EmailAddress? author);

    private static string OldTls =>
        "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. " +
        "Visit https://aka.ms/smtp_auth_tls.";

    private string? CheckToken(MailboxAccount account, SmtpLogin login)
    {
        var verdict = EntraToken.Judge(
            login.Secret!, login.User, Time.GetUtcNow(), MinimumTokenLifetime, RolesThatSend);
        if (account.Token is not null)
        {
            verdict = !login.Proves(account.Token) ? TokenVerdict.WrongUser
                : verdict == TokenVerdict.NotAToken ? TokenVerdict.Good
                : verdict;
        }

        return CheckToken(account, verdict);
    }

    private bool HasEnded(SmtpSessionInfo session) =>
        EndsSessionsWithToken && _tokenEnds.TryGetValue(session, out var end) && end <= Time.GetUtcNow();

    private string NotLoggedIn(SmtpSessionInfo session) => _refusedLogins.TryGetValue(session, out var refusal)
        ? $"530 5.7.57 Client not authenticated to send mail. Error: {refusal}"
        : "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM";
}
