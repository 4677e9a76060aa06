using MailAdmin.Addressing;
using MailAdmin.Diagnosis;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Queueing.Routes;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports;
using MailAdmin.Transports.Graph;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing.Failures;

/// <summary>
/// Decides what becomes of a queued message after an attempt. Every decision about trying again is here and nowhere
/// else.
/// <code>
/// what happened                                   who is affected       what follows
/// ----------------------------------------------  --------------------  -----------------------------------------
/// 2yz to the message                              accepted recipients   done
/// 4yz to RCPT                                     that recipient        item waits, doubling
/// 5yz to RCPT                                     that recipient        fails with its diagnosis
/// 4yz to MAIL, DATA or the message                all recipients        item waits, doubling
/// 5yz to MAIL, DATA or the message                all recipients        fail with their diagnosis
/// the message cannot go through this server       all recipients        fail (size, SMTPUTF8, unreadable content)
/// a reply that says a quota is used up, 4yz, 5yz  the destination       all its mail waits from 15 minutes on
/// 421 at any command                              the destination       all its mail waits from 30 seconds on
/// session breaks within a transaction             the item              waits, doubling; a message that kills each
///                                                                       session holds no other
/// no session: look-up, connect, TLS, greeting,    the destination       all its mail waits from 30 seconds on; nothing
/// EHLO, any reply to them, protocol broken                              fails, as the message is not to blame
/// login refused or impossible, secret unreadable  the destination       all its mail waits from 15 minutes on, with
///                                                                       one try each time: no account gets locked
/// reply to the end of the message lost            nobody knows          sent again after 5 minutes at least, with the
///                                                                       same Message-ID; or given up, if set so
/// cut off while stopping, before its content      the item              goes back as if it had not been taken
/// cut off while stopping, within its content      nobody knows          as a lost reply
/// its time is over                                open recipients       expire with the last diagnosis; an item that
///                                                                       was never attempted gets its one attempt first
/// </code>
/// A failure that is of no kind above counts as the destination's: what nobody has thought of loses no mail.
/// </summary>
/// <param name="options">The intervals.</param>
/// <param name="random">What the jitter comes from.</param>
public sealed class FailurePolicy(FailurePolicyOptions options, Random random)
{
    // 2^20 times any first interval is over every longest one.
    private const int MostDoublings = 20;

    // The one quota that is not the sender's: other recipients can be reached as before.
    private const string RecipientsOwnQuota = "RecipientHourlyLimit";

    /// <summary>Judges an attempt.</summary>
    /// <param name="item">The item as it was taken.</param>
    /// <param name="report">What the transport says.</param>
    /// <param name="destination">
    /// What is known of the destination, attempts that ended in the meantime included.
    /// </param>
    /// <param name="now">The store's time.</param>
    public AttemptVerdict Judge(
        QueueItem item, DeliveryReport report, DestinationState destination, DateTimeOffset now)
    {
        var scope = ScopeOf(report);
        var isMessageFault = scope == FailureScope.Message && report.Error is { IsTransient: false };
        var outcomes = report.Recipients.Select(outcome => Settle(outcome, isMessageFault)).ToArray();
        return Conclude(item, outcomes, scope, report.Error, destination, now);
    }

    /// <summary>Judges a failure before anything could be sent: no route, no secret, no content.</summary>
    public AttemptVerdict Judge(
        QueueItem item, MailException failure, DestinationState destination, DateTimeOffset now)
    {
        var scope = ScopeOf(failure, stage: null);
        var status = scope == FailureScope.Message && !failure.IsTransient
            ? RecipientStatus.Refused
            : RecipientStatus.NotTried;
        var outcomes = Open(item).Select(r => new RecipientOutcome(r.Recipient.Address, status, null)).ToArray();
        return Conclude(item, outcomes, scope, failure, destination, now);
    }

    /// <summary>
    /// Judges an attempt that was cut off while the content was on its way: the server may have taken it.
    /// </summary>
    public AttemptVerdict JudgeCut(QueueItem item, DestinationState destination, DateTimeOffset now)
    {
        var outcomes = Open(item)
            .Select(r => new RecipientOutcome(r.Recipient.Address, RecipientStatus.Deferred, null))
            .ToArray();
        return Conclude(item, outcomes, FailureScope.Unknown, new AttemptCutException(), destination, now);
    }

    /// <summary>Gives an item up whose time is over.</summary>
    /// <returns>Null when it is to be attempted.</returns>
    public AttemptVerdict? JudgeExpiry(QueueItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return now < item.ExpiresAt || item.Attempts == 0
            ? null
            : new AttemptVerdict
            {
                Scope = FailureScope.None,
                NextState = Final(item.Recipients.Select(r => r.Status).ToArray(), isExpired: true),
            };
    }

    private static IEnumerable<QueueRecipient> Open(QueueItem item) => item.Recipients.Where(r => r.IsOpen);

    private AttemptVerdict Conclude(
        QueueItem item,
        RecipientOutcome[] outcomes,
        FailureScope scope,
        MailException? error,
        DestinationState destination,
        DateTimeOffset now)
    {
        var statuses = Merge(item, outcomes);
        var closed = Next(scope, destination, error, now);
        var verdict = new AttemptVerdict
        {
            Scope = scope,
            NextState = QueueItemState.Waiting,
            Outcomes = outcomes,
            Destination = closed,
            Error = error,
        };
        var isOver = now >= item.ExpiresAt;
        var isGivenUp = scope == FailureScope.Unknown && options.UnknownOutcome == UnknownOutcome.GiveUp;
        if (isOver || isGivenUp || !statuses.Any(IsOpen))
        {
            return verdict with { NextState = Final(statuses, isExpired: isOver && !isGivenUp) };
        }

        var next = scope switch
        {
            FailureScope.Destination or FailureScope.Quota or FailureScope.Login => closed!.NotBefore!.Value,
            FailureScope.Unknown => now + Longer(options.UnknownOutcomeRetry, ItemWait(item)),
            _ => now + ItemWait(item),
        };

        // Due at the end of its time, it is given up then and not later.
        return verdict with { NextAttemptAt = next < item.ExpiresAt ? next : item.ExpiresAt };
    }

    /// <summary>What is known of the destination from now on; null when that does not change.</summary>
    private DestinationState? Next(
        FailureScope scope, DestinationState known, MailException? error, DateTimeOffset now)
    {
        switch (scope)
        {
            case FailureScope.Destination:
                return Close(options.FirstDestinationRetry, options.LongestDestinationRetry);
            case FailureScope.Quota or FailureScope.Login:
                return Close(options.FirstLoginRetry, options.LongestLoginRetry);
            case FailureScope.Session or FailureScope.Unknown:
                return null;
            default:
                // The server answered to a transaction, so there is nothing wrong with the way to it.
                return known.Failures > 0 ? new DestinationState(known.Destination) : null;
        }

        // Several attempts that were under way together fail together; that is one failure.
        DestinationState Close(TimeSpan first, TimeSpan longest) => known.NotBefore > now
            ? known
            : new DestinationState(
                known.Destination,
                known.Failures + 1,
                now + Longer(Wait(first, longest, known.Failures), AskedFor(error)),
                error?.Message);
    }

    // A service may say how long it wants to be left alone; it does not get to say "for ever".
    private TimeSpan AskedFor(MailException? error) => error is GraphException { RetryAfter: { } asked }
        ? asked < options.LongestLoginRetry ? asked : options.LongestLoginRetry
        : TimeSpan.Zero;

    private TimeSpan ItemWait(QueueItem item) => Wait(options.FirstRetry, options.LongestRetry, item.Attempts);

    private TimeSpan Wait(TimeSpan first, TimeSpan longest, int before)
    {
        var doubled = first * Math.Pow(2, Math.Min(before, MostDoublings));
        var spread = 1 + (options.Jitter * ((2 * random.NextDouble()) - 1));
        return (doubled < longest ? doubled : longest) * spread;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static bool IsOpen(RecipientStatus status) =>
        status is RecipientStatus.NotTried or RecipientStatus.Deferred;

    private static QueueItemState Final(IReadOnlyList<RecipientStatus> statuses, bool isExpired)
    {
        var accepted = statuses.Count(s => s == RecipientStatus.Accepted);
        return accepted == statuses.Count ? QueueItemState.Sent
            : accepted > 0 ? QueueItemState.PartlySent
            : isExpired && statuses.Any(IsOpen) ? QueueItemState.Expired
            : QueueItemState.Failed;
    }

    private static RecipientStatus[] Merge(QueueItem item, RecipientOutcome[] outcomes)
    {
        var known = new Dictionary<EmailAddress, RecipientStatus>();
        foreach (var outcome in outcomes)
        {
            known[outcome.Address] = outcome.Status;
        }

        return
        [
            .. item.Recipients.Select(
                r => r.IsOpen ? known.GetValueOrDefault(r.Recipient.Address, r.Status) : r.Status),
        ];
    }

    /// <summary>The outcome of one recipient as the policy sees it.</summary>
    private static RecipientOutcome Settle(RecipientOutcome outcome, bool isMessageFault) => outcome switch
    {
        { Status: RecipientStatus.Refused, Reply: { } reply } when Quota(reply) is not null =>
            outcome with { Status = RecipientStatus.Deferred },
        { Status: RecipientStatus.NotTried or RecipientStatus.Deferred, Reply: not { IsTransientFailure: true } }
            when isMessageFault => outcome with { Status = RecipientStatus.Refused },
        _ => outcome,
    };

    private static FailureScope ScopeOf(DeliveryReport report)
    {
        if (report.Error is { } error)
        {
            return ScopeOf(error, report.Stage);
        }

        var replies = report.Recipients.Where(r => r.Status != RecipientStatus.Accepted).Select(r => r.Reply).ToArray();
        return replies.Length == 0 ? FailureScope.None
            : replies.Any(IsSendersQuota) ? FailureScope.Quota
            : FailureScope.Recipient;
    }

    private static FailureScope ScopeOf(MailException error, SmtpStage? stage) => error switch
    {
        OutcomeUnknownException => FailureScope.Unknown,
        SmtpException { Reply: { } reply } when IsSendersQuota(reply) => FailureScope.Quota,
        GraphException { Kind: MailErrorKind.Limit, IsTransient: true } => FailureScope.Quota,
        GraphException { Kind: MailErrorKind.Permission } => FailureScope.Login,
        SmtpCommandException { Stage: >= SmtpStage.MailFrom, Reply.ClosesSession: false } => FailureScope.Message,
        RecipientsRefusedException => FailureScope.Recipient,
        MessageException or MessageTooLargeException or SmtpUtf8NotOfferedException or RecipientLimitException
            or NoRecipientException or SmtpCommandFormatException or DirectSendReachException
            or RouteVaultException or StoreException { Fault: StoreFault.NotFound } => FailureScope.Message,
        GraphException { ConcernsMessage: true } => FailureScope.Message,
        AttemptFaultException => FailureScope.Session,
        { Kind: MailErrorKind.Authentication, IsTransient: false } => FailureScope.Login,
        ConnectionLostException or PeerTimeoutException or LineTooLongException or SmtpProtocolException
            when stage is >= SmtpStage.MailFrom and <= SmtpStage.EndOfData => FailureScope.Session,
        _ => FailureScope.Destination,
    };

    private static bool IsSendersQuota(SmtpReply? reply) =>
        reply is not null && Quota(reply) is { } id && id != RecipientsOwnQuota;

    // The catalogue knows which codes of which providers mean a quota; some of them are 5yz, although time is all it
    // takes.
    private static string? Quota(SmtpReply reply) =>
        ErrorCatalog.Default.Explain(reply) is [{ Retry: RetryAdvice.AfterLimitResets } quota] ? quota.Id : null;
}
