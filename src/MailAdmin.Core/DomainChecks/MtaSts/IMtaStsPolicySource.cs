using MailAdmin.Addressing;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>The port through which policy files come, so that checks can be run without the web.</summary>
public interface IMtaStsPolicySource
{
    /// <summary>Fetches the policy file of a domain (RFC 8461 §3.3).</summary>
    /// <returns>The file, or why there is none; what the network does is never an exception.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MtaStsFetch> FetchAsync(DomainName domain, CancellationToken cancellationToken);
}
