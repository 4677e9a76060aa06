using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// The names of the sending address, those that lead back to it (RFC 7208 §5.5). Faults of the DNS mean that there are
/// none: the sender, not the domain, rules over them.
/// </summary>
internal sealed class SpfReverseNames(
    IDnsResolver resolver,
    IPAddress address,
    int most,
    CancellationToken cancellationToken)
{
    private const string Unknown = "unknown";

    /// <summary>Whether the address has no names at all.</summary>
    public async Task<bool> IsVoidAsync()
    {
        var response = await AskAsync().ConfigureAwait(false);
        return response.Outcome is DnsOutcome.NoData or DnsOutcome.NxDomain;
    }

    /// <summary>Whether a name within <paramref name="domain"/> leads back to the address.</summary>
    public async Task<bool> AnyWithinAsync(DnsName domain) =>
        await FirstAsync(name => name.IsWithin(domain)).ConfigureAwait(false) is not null;

    /// <summary>
    /// The value of <c>%{p}</c> (RFC 7208 §7.3): the domain itself, else a name below it, else any name, that leads
    /// back to the address.
    /// </summary>
    public async Task<string> BestAsync(string domain)
    {
        DnsName? best = null;
        if (SpfName.TryMake(domain, out var own))
        {
            best = await FirstAsync(own.Equals).ConfigureAwait(false)
                ?? await FirstAsync(name => name.IsWithin(own)).ConfigureAwait(false);
        }

        best ??= await FirstAsync(_ => true).ConfigureAwait(false);
        return best?.ToString() ?? Unknown;
    }

    private async Task<DnsName?> FirstAsync(Func<DnsName, bool> fits)
    {
        var response = await AskAsync().ConfigureAwait(false);
        foreach (var name in response.Records<PtrRecord>().Select(record => record.Target).Take(most).Where(fits))
        {
            if (await LeadsBackAsync(name).ConfigureAwait(false))
            {
                return name;
            }
        }

        return null;
    }

    private Task<DnsResponse> AskAsync() => resolver.QueryReverseAsync(address, cancellationToken);

    private async Task<bool> LeadsBackAsync(DnsName name)
    {
        var type = address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA;
        var response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        return response.Records<AddressRecord>().Any(record => record.Address.Equals(address));
    }
}
