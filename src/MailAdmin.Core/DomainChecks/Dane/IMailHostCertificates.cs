using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>The port through which checks see the certificates of mail hosts, so that they run without SMTP.</summary>
public interface IMailHostCertificates
{
    /// <summary>
    /// Connects as another mail server would, takes note of what the host shows behind STARTTLS, and leaves.
    /// </summary>
    /// <returns>What it showed, or why nothing; what the network does is never an exception.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MailHostTls> FetchAsync(DnsName host, CancellationToken cancellationToken);
}
