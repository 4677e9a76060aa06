using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Who of a message's recipients waits for a transaction, and what became of the others. Every recipient is decided
/// once; an outcome that is known is never changed by what happens to the session later.
/// </summary>
internal sealed class RecipientLedger
{
    private readonly IReadOnlyList<EnvelopeRecipient> _recipients;
    private readonly RecipientOutcome?[] _outcomes;
    private readonly List<int> _waiting;
    private MailException? _error;

    internal RecipientLedger(IReadOnlyList<EnvelopeRecipient> recipients)
    {
        _recipients = recipients;
        _outcomes = new RecipientOutcome?[recipients.Count];
        _waiting = new List<int>(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            _waiting.Add(i);
        }
    }

    /// <summary>How many recipients need another transaction.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>The reply that decided last.</summary>
    internal SmtpReply? LastReply { get; private set; }

    /// <summary>
    /// Why not everybody has the message; null when everybody has, or when replies to single recipients tell.
    /// </summary>
    internal MailException? Error =>
        _error ?? (Status is DeliveryStatus.Deferred or DeliveryStatus.Failed ? Refused() : null);

    /// <summary>The sum of all recipients, none of whom may be waiting.</summary>
    internal DeliveryStatus Status
    {
        get
        {
            var accepted = Count(RecipientStatus.Accepted);
            return accepted == _outcomes.Length && accepted > 0 ? DeliveryStatus.Sent
                : accepted > 0 ? DeliveryStatus.PartlySent
                : _error is { IsTransient: true } || Count(RecipientStatus.Deferred) > 0 ? DeliveryStatus.Deferred
                : DeliveryStatus.Failed;
        }
    }

    /// <summary>The outcomes in the envelope's order; none may be waiting.</summary>
    internal RecipientOutcome[] Outcomes => _outcomes!;

    /// <summary>Takes the recipients of the next transaction, in their order.</summary>
    /// <param name="atMost">The most recipients.</param>
    /// <param name="maxDomains">The most different domains.</param>
    internal int[] TakeBatch(int atMost, int maxDomains)
    {
        if (_waiting.Count <= atMost && _waiting.Count <= maxDomains)
        {
            var all = _waiting.ToArray();
            _waiting.Clear();
            return all;
        }

        var batch = new List<int>();
        var domains = new HashSet<DomainName>();
        _waiting.RemoveAll(recipient =>
        {
            var domain = _recipients[recipient].Address.Domain;
            var fits = batch.Count < atMost && (domains.Contains(domain) || domains.Count < maxDomains);
            if (fits)
            {
                batch.Add(recipient);
                domains.Add(domain);
            }

            return fits;
        });
        return [.. batch];
    }

    /// <summary>Puts the recipients of a transaction that was never judged back.</summary>
    internal void Return(ReadOnlySpan<int> recipients)
    {
        _waiting.AddRange(recipients);
        _waiting.Sort();
    }

    /// <summary>Takes over the outcome of a transaction that came to its end.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="allRequired">Nobody goes to another transaction.</param>
    internal void Apply(SmtpTransaction transaction, bool allRequired)
    {
        if (transaction.MailReply is { IsPositive: false } refusal)
        {
            // Another transaction would begin with the same MAIL FROM.
            Return(transaction.Recipients.Span);
            Refuse(SmtpStage.MailFrom, refusal);
            DecideWaiting(StatusOf(refusal), refusal);
            return;
        }

        var verdict = transaction.Verdict;
        if (verdict is { IsPositive: false })
        {
            Refuse(transaction.FinalReply is null ? SmtpStage.Data : SmtpStage.EndOfData, verdict);
        }

        LastReply = verdict ?? LastReply;
        var recipients = transaction.Recipients.Span;
        for (var i = 0; i < recipients.Length; i++)
        {
            Apply(recipients[i], transaction.RcptReplies[i], verdict, allRequired, transaction.Accepted > 0);
        }

        _waiting.Sort();
    }

    /// <summary>
    /// The session broke when the server may have had the whole message: this is nobody's to send again.
    /// </summary>
    internal void ApplyUnknown(SmtpTransaction transaction, MailException cause)
    {
        _error = new OutcomeUnknownException(cause);
        var recipients = transaction.Recipients.Span;
        for (var i = 0; i < recipients.Length; i++)
        {
            var refusal = transaction.RcptReplies[i] is { IsPositive: false } reply ? reply : null;
            Decide(recipients[i], refusal is null ? RecipientStatus.Deferred : StatusOf(refusal), refusal);
        }
    }

    /// <summary>Decides all who wait: there will be no more transactions.</summary>
    /// <param name="error">Why.</param>
    /// <param name="asked">True when the server has been asked about the message.</param>
    internal void GiveUp(MailException error, bool asked)
    {
        _error ??= error;
        LastReply ??= (error as SmtpException)?.Reply;
        DecideWaiting(asked && error.IsTransient ? RecipientStatus.Deferred : RecipientStatus.NotTried, null);
    }

    private static RecipientStatus StatusOf(SmtpReply refusal) =>
        refusal.IsTransientFailure ? RecipientStatus.Deferred : RecipientStatus.Refused;

    private void Apply(int recipient, SmtpReply? reply, SmtpReply? verdict, bool allRequired, bool anyAccepted)
    {
        if (!allRequired && (reply is null || (anyAccepted && SmtpTransaction.IsTooMany(reply))))
        {
            _waiting.Add(recipient);
        }
        else if (reply is { IsPositive: false })
        {
            Decide(recipient, StatusOf(reply), reply);
            LastReply ??= reply;
        }
        else if (reply is null || verdict is null)
        {
            Decide(recipient, RecipientStatus.NotTried, reply);
        }
        else if (verdict.IsPositive)
        {
            Decide(recipient, RecipientStatus.Accepted, reply);
        }
        else
        {
            Decide(recipient, StatusOf(verdict), verdict);
        }
    }

    private void Refuse(SmtpStage stage, SmtpReply reply)
    {
        _error ??= new SmtpCommandException(stage, reply);
        LastReply = reply;
    }

    private void DecideWaiting(RecipientStatus status, SmtpReply? reply)
    {
        foreach (var recipient in _waiting)
        {
            Decide(recipient, status, reply);
        }

        _waiting.Clear();
    }

    private void Decide(int recipient, RecipientStatus status, SmtpReply? reply) =>
        _outcomes[recipient] = new RecipientOutcome(_recipients[recipient].Address, status, reply);

    private int Count(RecipientStatus status) => _outcomes.Count(o => o!.Status == status);

    private RecipientsRefusedException? Refused()
    {
        var refused = _outcomes.Where(o => o!.Status is RecipientStatus.Refused or RecipientStatus.Deferred).ToArray();
        return refused.FirstOrDefault(o => o!.Reply is not null)?.Reply is { } first
            ? new RecipientsRefusedException(refused.Length, _outcomes.Length, first)
            : null;
    }
}
