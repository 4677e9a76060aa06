using System.Collections.Concurrent;
using MailAdmin.Addressing;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// Client submission of Exchange Online, smtp.office365.com: TLS 1.2 and a login are required, the sender must be the
/// login or one that it may send as, and the limits of the mailbox are enforced. Where the service itself delays the
/// messages beyond its rate, this refuses them for the time being (432), as a test shall not wait.
/// </summary>
public sealed class ExchangeOnlineSubmission : MailboxPersonality
{
    private const string Name = "FR0P000CA0021.outlook.office365.com";
    private const string Permanent = "Failed to process message due to a permanent exception with message";

    private readonly ExchangeOnlineSubmissionOptions _options;
    private readonly ConcurrentDictionary<string, SenderUsage> _usage = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<SmtpSessionInfo, SenderUsage> _sessions = new();

    /// <summary>Makes the personality of one server.</summary>
    /// <param name="options">How it behaves; null for the defaults, with which nobody may log in.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="SmtpTestServerException">An account is given twice (<c>InvalidServerOptions</c>).</exception>
    public ExchangeOnlineSubmission(ExchangeOnlineSubmissionOptions? options = null, TimeProvider? time = null)
        : base(Name, time ?? TimeProvider.System, (options ??= new()).Accounts, options.RecipientsPerMessage) =>
        _options = options;

    /// <inheritdoc/>
    public override void End(SmtpSessionInfo session)
    {
        base.End(session);
        if (_sessions.TryRemove(session, out var usage))
        {
            usage.Leave(session);
        }
    }

    private protected override bool AllowsLegacyTls => _options.AllowLegacyTls;

    private protected override TimeSpan MinimumTokenLifetime => TimeSpan.Zero;

    private protected override string? CheckToken(MailboxAccount account, TokenVerdict verdict) =>
        verdict == TokenVerdict.Good ? null : Unsuccessful;

    private protected override void Welcome(SmtpSessionInfo session, MailboxAccount account)
    {
        var usage = _usage.GetOrAdd(account.User, _ => new SenderUsage(Time));
        usage.Enter(session);
        _sessions[session] = usage;
    }

    private protected override string? CheckSender(MailboxAccount account, EmailAddress sender) =>
        account.MaySendAs(sender) ? null : "550 5.7.60 SMTP; Client does not have permissions to send as this sender";

    private protected override string? CheckMessage(
        SmtpSessionInfo session, MailboxAccount account, ReceivedMessage message, EmailAddress? author)
    {
        var usage = _sessions[session];
        if (_options.Connections > 0 && usage.ConnectionsBefore(session) >= _options.Connections)
        {
            return "432 4.3.2 Concurrent connections limit exceeded. " +
                "Visit https://aka.ms/concurrent_sending for more information.";
        }

        if (AccountStateReplies.ToMessage(account.State) is { } refusal)
        {
            return refusal;
        }

        if (author is not null && !account.MaySendAs(author))
        {
            return $"554 5.2.252 SendAsDenied; {account.User} not allowed to send as {author}; " +
                "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; " +
                $"{Permanent} Cannot submit message.";
        }

        var recipients = message.Envelope.Recipients.Count;
        return usage.Count(recipients, _options.MessagesPerMinute, _options.RecipientsPerDay) switch
        {
            LimitReached.MessagesPerMinute => "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
            LimitReached.RecipientsPerDay => AccountStateReplies.ToMessage(AccountState.SubmissionQuotaExceeded),
            _ => null,
        };
    }
}
