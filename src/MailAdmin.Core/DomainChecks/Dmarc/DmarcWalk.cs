using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>The tree walk (RFC 9989 §4.10): the domain, then its parents, with no more than eight questions.</summary>
internal sealed class DmarcWalk
{
    private const int MostLabels = 8;

    private DmarcWalk(DnsName domain, IReadOnlyList<DmarcStep> steps) => (Domain, Steps) = (domain, steps);

    /// <summary>Where it began.</summary>
    public DnsName Domain { get; }

    /// <summary>The questions in order.</summary>
    public IReadOnlyList<DmarcStep> Steps { get; }

    /// <summary>The organisational domain (RFC 9989 §4.10.2).</summary>
    public DnsName OrganizationalDomain
    {
        get
        {
            DnsName? highest = null;
            foreach (var step in Steps.Where(step => step.Record is not null))
            {
                if (step.Record!.IsPublicSuffix == false)
                {
                    return step.Domain;
                }

                if (step.Record.IsPublicSuffix == true && !step.Domain.Equals(Domain))
                {
                    return Below(step.Domain);
                }

                highest = step.Domain;
            }

            return highest ?? Domain;
        }
    }

    /// <summary>The record that applies: the domain's own, else the organisation's, else the public suffix's.</summary>
    public DmarcStep? Applied
    {
        get
        {
            var organization = OrganizationalDomain;
            return At(Domain) ?? At(organization)
                ?? Steps.FirstOrDefault(step =>
                    step.Record?.IsPublicSuffix == true && organization.IsWithin(step.Domain));
        }
    }

    public static async Task<DmarcWalk> RunAsync(
        IDnsResolver resolver,
        DnsName domain,
        AreaLog log,
        CancellationToken cancellationToken)
    {
        List<DmarcStep> steps = [];
        for (var target = domain; !target.IsRoot; target = Next(target))
        {
            var step = await AskAsync(resolver, target, log, cancellationToken).ConfigureAwait(false);
            steps.Add(step);
            if (step.Record?.IsPublicSuffix is not null)
            {
                break;
            }
        }

        return new DmarcWalk(domain, steps);
    }

    private static async Task<DmarcStep> AskAsync(
        IDnsResolver resolver,
        DnsName domain,
        AreaLog log,
        CancellationToken cancellationToken)
    {
        // A domain so long that nothing fits before it has no record.
        if (!DnsName.TryParse($"_dmarc.{domain}", out var name, out _))
        {
            return new DmarcStep(domain, [], null, null);
        }

        var found = await TextLookup.FindAsync(resolver, name, DmarcRecord.Version, log, cancellationToken)
            .ConfigureAwait(false);
        return new DmarcStep(
            domain, found.Texts, found.Texts is [var text] ? DmarcRecord.Read(text) : null, found.Fault);
    }

    private static DnsName Next(DnsName name)
    {
        var parent = name.Parent;
        while (parent.LabelCount >= MostLabels)
        {
            parent = parent.Parent;
        }

        return parent;
    }

    private DmarcStep? At(DnsName domain) =>
        Steps.FirstOrDefault(step => step.Record is not null && step.Domain.Equals(domain));

    private DnsName Below(DnsName suffix)
    {
        var name = Domain;
        while (name.LabelCount > suffix.LabelCount + 1)
        {
            name = name.Parent;
        }

        return name;
    }
}
