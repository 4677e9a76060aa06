using System.Net.Sockets;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>One run of <c>check_host()</c> (RFC 7208 §4) with what it has used of its limits.</summary>
internal sealed class SpfRun(
    IDnsResolver resolver,
    SpfLimits limits,
    SpfSender sender,
    SpfReverseNames names,
    SpfMacroExpander expander,
    CancellationToken cancellationToken)
{
    private static readonly SpfOutcome Match = new(true);
    private static readonly SpfOutcome NoMatch = new(false);

    public int Lookups { get; private set; }

    public int VoidLookups { get; private set; }

    /// <summary>Reads the record of a domain and applies its terms in order.</summary>
    public async Task<SpfNode> CheckHostAsync(string domain, string? reachedBy)
    {
        var before = Lookups;
        List<SpfNode> children = [];
        var node = new SpfNode { Domain = domain.TrimEnd('.'), ReachedBy = reachedBy, Children = children };
        if (!SpfName.TryMakeDomain(domain, out var name))
        {
            return node with { Verdict = SpfVerdict.None, Fault = new Phrase("SpfDomainUnusable", domain) };
        }

        var found = await SpfRecordSource.FindAsync(resolver, name, cancellationToken).ConfigureAwait(false);
        node = node with { Record = found.Text, Verdict = found.Verdict, Fault = found.Fault };
        if (found.Record is not { } record)
        {
            return node;
        }

        foreach (var mechanism in record.Mechanisms)
        {
            var outcome = await TryAsync(mechanism, node.Domain, children).ConfigureAwait(false);
            if (outcome.IsMatch || outcome.Error is not null)
            {
                return node with
                {
                    Verdict = outcome.Error ?? mechanism.Verdict,
                    Term = mechanism.Text,
                    Fault = outcome.Fault,
                    Lookups = Lookups - before,
                    Explanation = record.Explanation is { } explanation
                        ? new SpfExplanation(node.Domain, explanation.Value)
                        : null,
                };
            }
        }

        if (record.Redirect is { } redirect)
        {
            node = await RedirectAsync(node, redirect, children).ConfigureAwait(false);
        }

        return node with { Lookups = Lookups - before };
    }

    /// <summary>Expands macros in the record of <paramref name="domain"/>.</summary>
    public async Task<string> ExpandAsync(SpfMacroString text, string domain) => expander.Expand(
        text,
        domain,
        text.Uses('p') ? await names.BestAsync(domain).ConfigureAwait(false) : "");

    private async Task<SpfNode> RedirectAsync(SpfNode node, SpfModifier redirect, List<SpfNode> children)
    {
        node = node with { Term = redirect.Text };
        if (TooManyLookups() is { } fault)
        {
            return node with { Verdict = SpfVerdict.PermError, Fault = fault };
        }

        var target = await ExpandAsync(redirect.Value, node.Domain).ConfigureAwait(false);
        var child = await CheckHostAsync(target, redirect.Text).ConfigureAwait(false);
        children.Add(child);
        return node with
        {
            Verdict = child.Verdict == SpfVerdict.None ? SpfVerdict.PermError : child.Verdict,
            Explanation = child.Explanation,
        };
    }

    private async Task<SpfOutcome> TryAsync(SpfMechanism mechanism, string domain, List<SpfNode> children)
    {
        if (!mechanism.NeedsLookup)
        {
            return new SpfOutcome(mechanism.Network is null || mechanism.Covers(sender.Address, mechanism.Network));
        }

        if (TooManyLookups() is { } fault)
        {
            return SpfOutcome.Permanent(fault);
        }

        var target = mechanism.Domain is null
            ? domain
            : await ExpandAsync(mechanism.Domain, domain).ConfigureAwait(false);
        if (mechanism.Kind == SpfMechanismKind.Include)
        {
            return await IncludeAsync(target, mechanism, children).ConfigureAwait(false);
        }

        // What the DNS cannot hold is not there (RFC 7208 §4.8).
        if (!SpfName.TryMake(target, out var name))
        {
            return NoMatch;
        }

        return mechanism.Kind switch
        {
            SpfMechanismKind.A => await AddressesAsync(name, mechanism, CountVoid).ConfigureAwait(false),
            SpfMechanismKind.Mx => await ExchangesAsync(name, mechanism).ConfigureAwait(false),
            SpfMechanismKind.Exists => await ExistsAsync(name).ConfigureAwait(false),
            _ => await PointersAsync(name).ConfigureAwait(false),
        };
    }

    private async Task<SpfOutcome> IncludeAsync(string target, SpfMechanism mechanism, List<SpfNode> children)
    {
        var child = await CheckHostAsync(target, mechanism.Text).ConfigureAwait(false);
        children.Add(child);
        return child.Verdict switch
        {
            SpfVerdict.Pass => Match,
            SpfVerdict.TempError => new SpfOutcome(false, SpfVerdict.TempError),
            SpfVerdict.PermError or SpfVerdict.None => new SpfOutcome(false, SpfVerdict.PermError),
            _ => NoMatch,
        };
    }

    private async Task<SpfOutcome> AddressesAsync(
        DnsName name,
        SpfMechanism mechanism,
        Func<DnsResponse, SpfOutcome> whenNone)
    {
        var type = sender.Address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA;
        var response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        return response.Records<AddressRecord>().Any(record => mechanism.Covers(sender.Address, record.Address))
            ? Match
            : whenNone(response);
    }

    private async Task<SpfOutcome> ExchangesAsync(DnsName name, SpfMechanism mechanism)
    {
        var response = await resolver.QueryAsync(name, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        var hosts = response.Records<MxRecord>();
        if (hosts.Count == 0)
        {
            return CountVoid(response);
        }

        if (hosts.Count > limits.Names)
        {
            return SpfOutcome.Permanent(new Phrase("SpfTooManyHosts", name.ToString(), hosts.Count, limits.Names));
        }

        foreach (var host in hosts.Where(host => !host.IsNull).Select(host => host.Exchange))
        {
            // The limit of void look-ups is one of terms; hosts without addresses of the sender's family are common.
            var outcome = await AddressesAsync(host, mechanism, Judge).ConfigureAwait(false);
            if (outcome.IsMatch || outcome.Error is not null)
            {
                return outcome;
            }
        }

        return NoMatch;
    }

    private async Task<SpfOutcome> ExistsAsync(DnsName name)
    {
        var response = await resolver.QueryAsync(name, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        return response.Outcome == DnsOutcome.Success ? Match : CountVoid(response);
    }

    private async Task<SpfOutcome> PointersAsync(DnsName name)
    {
        if (await names.IsVoidAsync().ConfigureAwait(false))
        {
            return CountVoid();
        }

        return new SpfOutcome(await names.AnyWithinAsync(name).ConfigureAwait(false));
    }

    private Phrase? TooManyLookups() =>
        ++Lookups > limits.Lookups ? new Phrase("SpfTooManyLookups", limits.Lookups) : null;

    private SpfOutcome CountVoid(DnsResponse response) =>
        response.Outcome is DnsOutcome.NoData or DnsOutcome.NxDomain ? CountVoid() : Judge(response);

    private SpfOutcome CountVoid() => ++VoidLookups > limits.VoidLookups
        ? SpfOutcome.Permanent(new Phrase("SpfTooManyVoids", limits.VoidLookups))
        : NoMatch;

    private static SpfOutcome Judge(DnsResponse response) =>
        response.IsDefinite ? NoMatch : SpfOutcome.Temporary(DnsPhrase.Of(response));
}
