using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>Says what a domain's SPF record is worth, and whether it covers the addresses that send.</summary>
internal sealed class SpfCheck(
    IDnsResolver resolver,
    TimeProvider time,
    AreaLog log,
    CancellationToken cancellationToken)
{
    private const int BroadBits4 = 8;
    private const int BroadBits6 = 20;

    private readonly SpfLimits _limits = new();

    /// <summary>Looks at the record, the whole tree behind it, and each address.</summary>
    public async Task<SpfCheckResult> RunAsync(
        DnsName domain,
        IReadOnlyList<IPAddress> addresses,
        string helo,
        MailProvider? provider,
        bool isProviderExpected,
        bool takesMail)
    {
        var texts = await log.AskAsync(resolver, domain, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        var found = SpfRecordSource.Select(texts);
        if (found.Record is not { } record)
        {
            ReportMissing(domain, found, SpfText.New(addresses, provider, takesMail));
            return new SpfCheckResult(null, []);
        }

        var tree = await new SpfSurvey(resolver).ReadAsync(domain, cancellationToken).ConfigureAwait(false);
        JudgeTree(tree);
        JudgeTerms(record);
        JudgeEnd(tree);
        var results = await CheckAddressesAsync(domain, addresses, helo).ConfigureAwait(false);
        var terms = results
            .Where(result => result.Verdict is SpfVerdict.Fail or SpfVerdict.SoftFail or SpfVerdict.Neutral)
            .Select(result => SpfText.Term(result.Query.Address))
            .ToList();
        if (isProviderExpected && provider is not null &&
            !Nodes(tree).Any(node => node.Domain.Equals(provider.SpfInclude, StringComparison.OrdinalIgnoreCase)))
        {
            log.Error(new Phrase("SpfProviderMissing", provider.Name, provider.SpfInclude));
            terms.Add($"include:{provider.SpfInclude}");
        }

        if (terms.Count > 0)
        {
            log.Publish(domain.ToString(), "TXT", SpfText.With(record, terms));
        }

        return new SpfCheckResult(tree, results);
    }

    private void ReportMissing(DnsName domain, SpfFound found, string suggestion)
    {
        switch (found.Verdict)
        {
            case SpfVerdict.TempError:
                log.Error(new Phrase("CheckNotPossible", found.Fault!));
                break;

            case SpfVerdict.PermError:
                log.Error(new Phrase("SpfBroken", found.Fault!));
                break;

            default:
                log.Error(new Phrase("SpfMissing", found.Fault!));
                log.Publish(domain.ToString(), "TXT", suggestion);
                break;
        }
    }

    private void JudgeTree(SpfNode tree)
    {
        foreach (var node in Nodes(tree).Where(node => node.Fault is not null))
        {
            var phrase = new Phrase("SpfTreeFault", node.Domain, node.Fault!);
            log.Add(node.Fault!.Key == "SpfVoidTerm" ? FindingSeverity.Warning : FindingSeverity.Error, phrase);
        }

        if (tree.Lookups > _limits.Lookups)
        {
            log.Error(new Phrase("SpfLookupsOver", tree.Lookups, _limits.Lookups));
        }
        else if (tree.Lookups >= _limits.Lookups - 1)
        {
            log.Warn(new Phrase("SpfLookupsNear", tree.Lookups, _limits.Lookups));
        }
        else
        {
            log.Ok(new Phrase("SpfLookupsGood", tree.Lookups, _limits.Lookups));
        }
    }

    private void JudgeTerms(SpfRecord record)
    {
        foreach (var mechanism in record.Mechanisms)
        {
            var isBroad = mechanism.Network?.AddressFamily switch
            {
                AddressFamily.InterNetwork => mechanism.Prefix4 <= BroadBits4,
                AddressFamily.InterNetworkV6 => mechanism.Prefix6 <= BroadBits6,
                _ => false,
            };
            if (isBroad && mechanism.Verdict == SpfVerdict.Pass)
            {
                log.Warn(new Phrase("SpfBroad", mechanism.Text));
            }

            if (mechanism.Kind == SpfMechanismKind.Ptr)
            {
                log.Warn(new Phrase("SpfPtr", mechanism.Text));
            }
        }

        foreach (var other in record.Others)
        {
            log.Info(new Phrase("SpfUnknownModifier", other.Text));
        }

        if (record is { All: { } all } && !ReferenceEquals(record.Mechanisms[^1], all))
        {
            log.Warn(new Phrase("SpfBehindAll", record.Mechanisms[^1].Text));
        }
    }

    /// <summary>What happens to addresses that nothing covers, in the record that redirects end at.</summary>
    private void JudgeEnd(SpfNode tree)
    {
        var node = tree;
        while (node.Children.LastOrDefault(child => child.IsRedirect) is { } next)
        {
            node = next;
        }

        if (node.Record is null || !SpfRecord.TryParse(node.Record, out var record, out _))
        {
            return;
        }

        switch (record.All?.Verdict)
        {
            case SpfVerdict.Pass:
                log.Error(new Phrase("SpfEndPass"));
                break;

            case SpfVerdict.Fail:
                log.Ok(new Phrase("SpfEndFail"));
                break;

            case SpfVerdict.SoftFail:
                log.Info(new Phrase("SpfEndSoftFail"));
                break;

            case null when record.Redirect is not null:
                break;

            default:
                log.Warn(new Phrase("SpfEndNeutral"));
                break;
        }
    }

    private async Task<IReadOnlyList<SpfResult>> CheckAddressesAsync(
        DnsName domain,
        IReadOnlyList<IPAddress> addresses,
        string helo)
    {
        var evaluator = new SpfEvaluator(resolver, _limits, time);
        List<SpfResult> results = [];
        foreach (var address in addresses.Distinct())
        {
            var query = new SpfQuery { Address = address, MailFrom = domain.ToString(), Helo = helo };
            var result = await evaluator.CheckAsync(query, cancellationToken).ConfigureAwait(false);
            results.Add(result);
            Report(result);
        }

        return results;
    }

    private void Report(SpfResult result)
    {
        var address = result.Query.Address.ToString();
        switch (result.Verdict)
        {
            case SpfVerdict.Pass:
                log.Ok(new Phrase("SpfAddressPass", address, result.Term!));
                break;

            case SpfVerdict.Fail:
                log.Error(new Phrase("SpfAddressFail", address, result.Term!));
                break;

            case SpfVerdict.SoftFail:
                log.Warn(new Phrase("SpfAddressSoftFail", address, result.Term!));
                break;

            case SpfVerdict.Neutral:
                log.Warn(new Phrase("SpfAddressNeutral", address));
                break;

            default:
                log.Error(new Phrase("SpfAddressError", address, result.Fault!));
                break;
        }
    }

    private static IEnumerable<SpfNode> Nodes(SpfNode root) => root.Children.SelectMany(Nodes).Prepend(root);
}
