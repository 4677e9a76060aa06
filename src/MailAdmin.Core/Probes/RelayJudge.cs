using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>Names the method from who asked and whose mail exchanger the server is.</summary>
internal static class RelayJudge
{
    /// <summary>Which method an acceptance shows.</summary>
    /// <param name="route">The way.</param>
    /// <param name="servesSender">Whether the sender's domain has its mail here; null when unknown.</param>
    /// <param name="servesRecipient">Whether the recipient's domain has its mail here; null when unknown.</param>
    public static RelayMethod Name(SmtpRoute route, bool? servesSender, bool? servesRecipient) =>
        (route.Credential is not null, servesRecipient, servesSender) switch
        {
            (true, _, _) => RelayMethod.Submission,
            (_, true, _) => RelayMethod.DirectSend,
            _ when route.ClientCertificates is { Count: > 0 } => RelayMethod.Connector,
            (_, false, false) => RelayMethod.OpenRelaySuspected,
            (_, false, _) => RelayMethod.Connector,
            _ => RelayMethod.Unknown,
        };

    /// <summary>What the user should know about the method; null when nothing.</summary>
    public static string? Explain(RelayMethod method, SmtpRoute route) => method switch
    {
        RelayMethod.OpenRelaySuspected =>
            $"{route.Server} took mail from one foreign domain to another without a login. If it does not know this "
            + "machine's address as one that may relay, it is an open relay: repeat the test from an outside network.",
        _ => null,
    };

    /// <summary>Whether the server is a mail exchanger of the domain; null when the DNS does not tell.</summary>
    public static async Task<bool?> ServesAsync(
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
