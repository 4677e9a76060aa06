using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// Finds out whether an address may send mail for a domain (RFC 7208), and through which term. May be used for any
/// number of senders at once.
/// </summary>
/// <param name="resolver">The DNS.</param>
/// <param name="limits">How much of it a check may use; null for what the standard says.</param>
/// <param name="time">The clock, which only explanations show; null for the system's.</param>
public sealed class SpfEvaluator(IDnsResolver resolver, SpfLimits? limits = null, TimeProvider? time = null)
{
    private const int MostExplanation = 1000;

    private readonly SpfLimits _limits = limits ?? new SpfLimits();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// Checks one sender. Whatever is wrong with the DNS or the records is a verdict, never an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SpfResult> CheckAsync(SpfQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sender = SpfSender.Of(query);
        var names = new SpfReverseNames(resolver, sender.Address, _limits.Names, cancellationToken);
        var run = new SpfRun(resolver, _limits, sender, names, new SpfMacroExpander(sender, _time), cancellationToken);
        var root = await run.CheckHostAsync(sender.Domain, reachedBy: null).ConfigureAwait(false);
        return new SpfResult
        {
            Query = query,
            Verdict = root.Verdict!.Value,
            Root = root,
            Lookups = run.Lookups,
            VoidLookups = run.VoidLookups,
            Explanation = root is { Verdict: SpfVerdict.Fail, Explanation: { } explanation }
                ? await ExplainAsync(run, explanation, cancellationToken).ConfigureAwait(false)
                : null,
        };
    }

    /// <summary>Whatever goes wrong here means that nothing is explained (RFC 7208 §6.2).</summary>
    private async Task<string?> ExplainAsync(
        SpfRun run,
        SpfExplanation explanation,
        CancellationToken cancellationToken)
    {
        var target = await run.ExpandAsync(explanation.Target, explanation.Domain).ConfigureAwait(false);
        if (!SpfName.TryMake(target, out var name))
        {
            return null;
        }

        var response = await resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        if (response.Records<TxtRecord>() is not [var record] ||
            !SpfMacroString.TryReadExplanation(record.Text, out var text))
        {
            return null;
        }

        var words = await run.ExpandAsync(text, explanation.Domain).ConfigureAwait(false);
        return words.Length > MostExplanation ? words[..MostExplanation] : words;
    }
}
