namespace MailAdmin.DomainChecks;

/// <summary>
/// A mail service as its customers' records show it; from <c>Data/providers.json</c>. Its mail exchanges are known to
/// <see cref="MailAdmin.Dns.Mail.MxProviderCatalog"/>.
/// </summary>
/// <param name="Name">As options and that catalogue name it, such as <c>Microsoft365</c>.</param>
/// <param name="SpfInclude">The name that customers include.</param>
/// <param name="Selectors">The selectors of its signatures.</param>
public sealed record MailProvider(
    string Name,
    string SpfInclude,
    IReadOnlyList<string> Selectors);
