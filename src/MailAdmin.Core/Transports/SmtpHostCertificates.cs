using MailAdmin.Dns;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Sees the certificates of mail hosts over SMTP: greeting, EHLO, STARTTLS, QUIT; no sender is named.
/// </summary>
/// <param name="dialer">The network.</param>
/// <param name="port">Where the hosts take mail.</param>
public sealed class SmtpHostCertificates(IDialer dialer, int port = SmtpHostCertificates.MailPort)
    : IMailHostCertificates
{
    private const int MailPort = 25;

    // A firewall that swallows port 25 must not hold a check up for minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<MailHostTls> FetchAsync(DnsName host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        var route = new SmtpRoute
        {
            Host = host.ToString(),
            Port = port,
            Security = ConnectionSecurity.StartTls,
            SkipCertificateCheck = true,
            Timeouts = SmtpTimeouts.All(Patience),
            Dial = new DialOptions { ConnectTimeout = Patience },
            ResumesTls = false,
        };
        try
        {
            var session = await new SmtpConnector(route, dialer, null).ConnectAsync(cancellationToken)
                .ConfigureAwait(false);
            var tls = session.Client.Connection.Tls!;
            await session.QuitAsync(cancellationToken).ConfigureAwait(false);
            return MailHostTls.Shown(tls);
        }
        catch (StartTlsNotOfferedException)
        {
            return MailHostTls.PlainOnly();
        }
        catch (MailException e)
        {
            return MailHostTls.Unseen(e.Message.TrimEnd('.'));
        }
    }
}
