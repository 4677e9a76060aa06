using MailAdmin.Dns;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.DomainChecks;

internal static class MemoryResolverExtensions
{
    /// <summary>Adds records as in a zone file.</summary>
    public static MemoryResolver With(this MemoryResolver resolver, params string[] lines)
    {
        foreach (var line in lines)
        {
            resolver.Add(ZoneRecord.Parse(line));
        }

        return resolver;
    }

    /// <summary>Lets all questions about a name time out.</summary>
    public static MemoryResolver WithSilence(this MemoryResolver resolver, string name)
    {
        resolver.Silence(DnsName.Parse(name));
        return resolver;
    }
}
