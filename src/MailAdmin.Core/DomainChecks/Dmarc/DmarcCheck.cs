using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>Finds the policy that applies to a domain, and says what it is worth.</summary>
internal sealed class DmarcCheck(IDnsResolver resolver, AreaLog log, CancellationToken cancellationToken)
{
    public async Task<DmarcResult> RunAsync(DnsName domain)
    {
        var walk = await DmarcWalk.RunAsync(resolver, domain, log, cancellationToken).ConfigureAwait(false);
        foreach (var step in walk.Steps)
        {
            if (step.Fault is not null)
            {
                log.Error(new Phrase("CheckNotPossible", step.Fault));
            }

            if (step.Texts.Count > 1)
            {
                log.Error(new Phrase("DmarcManyRecords", step.Domain.ToString(), step.Texts.Count));
            }
        }

        if (walk.Applied is not { Record: { } record } applied)
        {
            if (walk.Steps.All(step => step.Fault is null))
            {
                log.Error(new Phrase("DmarcMissing", domain.ToString()));
                log.Publish($"_dmarc.{domain}", "TXT", $"v=DMARC1; p=none; rua=mailto:dmarc-reports@{domain}");
            }

            return new DmarcResult(null, null, walk.OrganizationalDomain, DmarcPolicy.None);
        }

        var isOwn = applied.Domain.Equals(domain);
        var policy = record.Applied(isOwn, isOwn || await ExistsAsync(domain).ConfigureAwait(false));
        if (!isOwn)
        {
            log.Info(new Phrase("DmarcInherited", domain.ToString(), applied.Domain.ToString()));
        }

        Judge(record, policy, applied.Domain);
        await CheckReceiversAsync(record, applied.Domain, walk.OrganizationalDomain).ConfigureAwait(false);
        return new DmarcResult(record, applied.Domain, walk.OrganizationalDomain, policy);
    }

    private void Judge(DmarcRecord record, DmarcPolicy policy, DnsName publisher)
    {
        foreach (var fault in record.Faults)
        {
            log.Warn(new Phrase("DmarcIgnored", fault));
        }

        if (record.DroppedTags.Count > 0)
        {
            log.Warn(new Phrase("DmarcDroppedTags", string.Join(", ", record.DroppedTags)));
            log.Publish($"_dmarc.{publisher}", "TXT", record.Modern);
        }

        if (!record.IsUsable)
        {
            log.Error(new Phrase("DmarcUnusable"));
            return;
        }

        if (record.IsPolicyBroken)
        {
            log.Error(new Phrase("DmarcPolicyBroken"));
        }
        else if (record.IsTesting)
        {
            log.Warn(new Phrase("DmarcTesting", Word(policy)));
        }
        else if (policy == DmarcPolicy.None)
        {
            log.Warn(new Phrase("DmarcNone"));
        }
        else
        {
            log.Ok(new Phrase("DmarcGood", Word(policy)));
        }

        if (record.SubdomainPolicy < record.Policy)
        {
            log.Warn(new Phrase("DmarcWeakSubdomains", Word(record.SubdomainPolicy.Value)));
        }

        if (record.ReportUris.Count == 0)
        {
            log.Warn(new Phrase("DmarcNoReports"));
        }
    }

    /// <summary>Another organisation must say that it takes the reports (RFC 9990 §4).</summary>
    private async Task CheckReceiversAsync(DmarcRecord record, DnsName publisher, DnsName organization)
    {
        var receivers = record.ReportUris.Concat(record.FailureUris)
            .Select(ReportUri.MailDomainOf)
            .OfType<DomainName>()
            .Select(DnsName.Of)
            .Where(receiver => !receiver.IsWithin(organization))
            .Distinct();
        foreach (var receiver in receivers)
        {
            if (!DnsName.TryParse($"{publisher}._report._dmarc.{receiver}", out var name, out _))
            {
                continue;
            }

            var found = await TextLookup.FindAsync(resolver, name, DmarcRecord.Version, log, cancellationToken)
                .ConfigureAwait(false);
            if (found.Fault is null && found.Texts.Count == 0)
            {
                log.Warn(new Phrase("DmarcReceiverSilent", receiver.ToString(), name.ToString()));
            }
        }
    }

    private async Task<bool> ExistsAsync(DnsName domain)
    {
        var response = await log.AskAsync(resolver, domain, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        return response.Outcome != DnsOutcome.NxDomain;
    }

    private static string Word(DmarcPolicy policy) => policy switch
    {
        DmarcPolicy.Reject => "reject",
        DmarcPolicy.Quarantine => "quarantine",
        _ => "none",
    };
}
