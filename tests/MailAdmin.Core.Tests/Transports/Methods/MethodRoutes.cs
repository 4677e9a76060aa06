using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

/// <summary>Routes of the methods that have a server of their own, as the built-in catalogue knows them.</summary>
internal static class MethodRoutes
{
    public static async Task<SmtpMailRoute> FindAsync(SendMethodId method, SaslCredential credential)
    {
        using var resolver = new DnsClient();
        var finder = new MailRouteFinder(SendMethodCatalog.BuiltIn, new MxEndpointFinder(resolver));
        return (SmtpMailRoute)await finder.FindAsync(
            method,
            domain: null,
            CloudEnvironment.Public,
            new SmtpRoute { Host = "", Credential = credential, Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(30)) },
            CancellationToken.None);
    }
}
