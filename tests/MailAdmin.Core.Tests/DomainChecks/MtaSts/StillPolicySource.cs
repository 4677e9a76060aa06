using MailAdmin.Addressing;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.MtaSts;

/// <summary>A web that answers always the same; with null, one that nobody may ask.</summary>
internal sealed class StillPolicySource(MtaStsFetch? answer) : IMtaStsPolicySource
{
    public Task<MtaStsFetch> FetchAsync(DomainName domain, CancellationToken cancellationToken) =>
        Task.FromResult(answer ?? throw new InvalidOperationException($"The policy of {domain} was asked for."));
}
