using MailAdmin.Addressing;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.MtaSts;

/// <summary>A web that answers always the same.</summary>
internal sealed class StillPolicySource(MtaStsFetch answer) : IMtaStsPolicySource
{
    public Task<MtaStsFetch> FetchAsync(DomainName domain, CancellationToken cancellationToken) => Task.FromResult(answer);
}
