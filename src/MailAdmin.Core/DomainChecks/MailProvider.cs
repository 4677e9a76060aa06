namespace MailAdmin.DomainChecks;

/// <summary>A mail service as its customers' records show it; from <c>Data/providers.json</c>.</summary>
/// <param name="Name">As options name it, such as <c>Microsoft365</c>.</param>
/// <param name="MxSuffixes">The domains that its mail exchanges are in.</param>
/// <param name="SpfInclude">The name that customers include.</param>
/// <param name="Selectors">The selectors of its signatures.</param>
public sealed record MailProvider(
    string Name,
    IReadOnlyList<string> MxSuffixes,
    string SpfInclude,
    IReadOnlyList<string> Selectors);
