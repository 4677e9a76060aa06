using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Mail;

/// <summary>
/// What people should know about an <see cref="MxEndpoint"/>, in words. All of them are in this file.
/// </summary>
internal static class MxWarnings
{
    public static IEnumerable<string> About(MxEndpoint endpoint, DnsResponse response, MxProvider? provider)
    {
        var domain = endpoint.Domain;
        if (response.Aliases.Count > 0)
        {
            yield return $"{domain} is an alias (CNAME) of {response.CanonicalName}, whose records these are.";
        }

        switch (endpoint.Kind)
        {
            case MxEndpointKind.Null:
                yield return $"{domain} takes no mail at all (null MX, RFC 7505).";
                break;
            case MxEndpointKind.Implicit:
                yield return $"{domain} has no MX record; mail goes to its own address, which is often a web server "
                    + "(RFC 5321 section 5.1).";
                break;
            case MxEndpointKind.None:
                yield return $"{domain} has neither an MX record nor an address: no mail reaches it.";
                break;
            case MxEndpointKind.Mx when response.Records<MxRecord>().Any(record => record.IsNull):
                yield return $"{domain} has a null MX record beside others, which RFC 7505 forbids.";
                break;
        }

        foreach (var host in endpoint.Hosts.Where(host => host.AliasOf is not null && host.Preference is not null))
        {
            yield return $"{host} is an alias (CNAME) of {host.AliasOf}; an MX record must name the host itself "
                + "(RFC 2181 section 10.3), and some senders do not deliver.";
        }

        foreach (var host in endpoint.Hosts.Where(host => host.Fault is not null))
        {
            yield return host.Fault!;
        }

        if (provider is { Filters: true })
        {
            yield return $"{provider.Name} is a filter in front of the mailboxes. A device that is to reach Microsoft "
                + "365 itself needs the name that the admin center shows for the domain.";
        }

        if (endpoint.UsableHosts.Select(host => host.Provider).Distinct().Count() > 1)
        {
            yield return "The hosts belong to different services; what one of them is told, the others do not know.";
        }
    }
}
