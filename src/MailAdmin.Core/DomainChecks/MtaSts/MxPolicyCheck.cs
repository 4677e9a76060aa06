using MailAdmin.Dns;
using MailAdmin.Dns.Mail;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>
/// Says which of a domain's mail exchanges fit its MTA-STS policy. One more question to the DNS; the domain's web
/// server is asked only when the answer names a policy.
/// </summary>
/// <param name="resolver">The DNS.</param>
/// <param name="source">Where policies come from.</param>
public sealed class MxPolicyCheck(IDnsResolver resolver, IMtaStsPolicySource source)
{
    /// <summary>
    /// The endpoint with its policy, the verdict about each host, and warnings where they do not agree.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MxEndpoint> CheckAsync(MxEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Hosts.Count == 0)
        {
            return endpoint;
        }

        var log = new AreaLog(CheckArea.MtaSts);
        var lookup = await MtaStsLookup
            .FindAsync(resolver, source, endpoint.Domain, log, cancellationToken)
            .ConfigureAwait(false);
        var state = StateOf(lookup);
        var warnings = lookup.Faults.ToList();
        var hosts = endpoint.Hosts;
        if (lookup.Policy is { } policy && state is MxPolicyState.Testing or MxPolicyState.Enforced)
        {
            hosts = [.. hosts.Select(host => host with { FitsMtaSts = policy.Covers(DnsName.Parse(host.Name)) })];
            warnings.AddRange(hosts
                .Where(host => host.FitsMtaSts == false)
                .Select(host => policy.Misses(DnsName.Parse(host.Name))));
        }

        return endpoint with
        {
            Hosts = hosts,
            MtaSts = new MxPolicy(state, lookup.Policy?.MxPatterns ?? [], lookup.Policy?.MaxAge),
            Warnings = [.. endpoint.Warnings, .. warnings.Select(warning => warning.ToString())],
        };
    }

    private static MxPolicyState StateOf(MtaStsLookup lookup) => lookup switch
    {
        { IsMissing: true } => MxPolicyState.NotPublished,
        { Faults.Count: > 0 } => MxPolicyState.Unusable,
        { Policy.Mode: MtaStsMode.Enforce } => MxPolicyState.Enforced,
        { Policy.Mode: MtaStsMode.Testing } => MxPolicyState.Testing,
        _ => MxPolicyState.Off,
    };
}
