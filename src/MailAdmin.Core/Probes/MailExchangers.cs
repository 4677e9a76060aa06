using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.Probes;

/// <summary>Finds out whose mail a server takes.</summary>
internal static class MailExchangers
{
    /// <summary>Whether the server is a mail exchanger of the domain; null when the DNS does not tell.</summary>
    public static async Task<bool?> IncludeAsync(
        IDnsResolver? dns, string host, DomainName? domain, CancellationToken cancellationToken)
    {
        if (dns is null || domain is not { IsLiteral: false } asked ||
            !DnsName.TryParse(host, out var name, out _) || name.LabelCount < 2)
        {
            return null;
        }

        var response = await dns.QueryAsync(asked, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        if (!response.IsDefinite)
        {
            return null;
        }

        var exchangers = response.Records<MxRecord>();
        return exchangers.Count == 0
            ? DnsName.Of(asked).Equals(name)
            : exchangers.Any(mx => mx.Exchange.Equals(name));
    }
}
