using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// Reads all records that a domain's SPF record leads to, for no sender in particular: the worst case of its look-ups,
/// and the faults that a check of one sender may pass by. Names with macros depend on the sender and are not followed.
/// </summary>
/// <param name="resolver">The DNS.</param>
public sealed class SpfSurvey(IDnsResolver resolver)
{
    private const int MostDepth = 11;
    private const int MostLookups = 50;

    /// <summary>Reads the tree of a domain.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SpfNode> ReadAsync(DnsName domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new Walk(resolver, cancellationToken).ReadAsync(domain.ToString(), null, []);
    }

    private sealed class Walk(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        private int _lookups;

        public async Task<SpfNode> ReadAsync(string domain, string? reachedBy, IReadOnlyList<DnsName> above)
        {
            var node = new SpfNode { Domain = domain, ReachedBy = reachedBy };
            if (!SpfName.TryMakeDomain(domain, out var name))
            {
                return node with { Fault = new Phrase("SpfDomainUnusable", domain) };
            }

            if (above.Contains(name))
            {
                return node with { Fault = new Phrase("SpfLoop", domain) };
            }

            var found = await SpfRecordSource.FindAsync(resolver, name, cancellationToken).ConfigureAwait(false);
            node = node with { Record = found.Text, Fault = found.Fault };
            if (found.Record is null || above.Count == MostDepth)
            {
                return node;
            }

            var before = _lookups;
            List<SpfNode> children = [];
            foreach (var (term, target) in Terms(found.Record, node.Domain))
            {
                if (++_lookups <= MostLookups && target is not null)
                {
                    children.Add(await ReadAsync(target, term, [.. above, name]).ConfigureAwait(false));
                }
            }

            var silent = await SilentTermAsync(found.Record, node.Domain).ConfigureAwait(false);
            return node with { Children = children, Lookups = _lookups - before, Fault = silent };
        }

        /// <summary>
        /// The terms that cost a look-up, with the name of the record that each leads to, if it does.
        /// </summary>
        private static IEnumerable<(string Term, string? Target)> Terms(SpfRecord record, string domain)
        {
            foreach (var mechanism in record.Mechanisms.Where(mechanism => mechanism.NeedsLookup))
            {
                yield return (
                    mechanism.Text,
                    mechanism.Kind == SpfMechanismKind.Include ? Constant(mechanism.Domain, domain) : null);
            }

            if (record is { Redirect: { } redirect, All: null })
            {
                yield return (redirect.Text, Constant(redirect.Value, domain));
            }
        }

        /// <summary>The first <c>a</c> or <c>mx</c> whose name has nothing of the kind.</summary>
        private async Task<Phrase?> SilentTermAsync(SpfRecord record, string domain)
        {
            foreach (var mechanism in record.Mechanisms.Where(m => m.Kind is SpfMechanismKind.A or SpfMechanismKind.Mx))
            {
                if (Constant(mechanism.Domain, domain) is { } target && SpfName.TryMake(target, out var name) &&
                    await HasNothingAsync(name, mechanism.Kind).ConfigureAwait(false))
                {
                    return new Phrase("SpfVoidTerm", mechanism.Text);
                }
            }

            return null;
        }

        private async Task<bool> HasNothingAsync(DnsName name, SpfMechanismKind kind)
        {
            DnsRecordType[] types = kind == SpfMechanismKind.Mx
                ? [DnsRecordType.MX]
                : [DnsRecordType.A, DnsRecordType.AAAA];
            foreach (var type in types)
            {
                var response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
                if (!response.IsDefinite || response.Records<DnsRecord>().Count > 0)
                {
                    return false;
                }
            }

            return true;
        }

        private static string? Constant(SpfMacroString? text, string domain) =>
            text is null ? domain : text.IsConstant ? string.Concat(text.Parts.Select(part => part.Literal)) : null;
    }
}
