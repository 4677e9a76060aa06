namespace MailAdmin.DomainChecks.Spf;

/// <summary>What the check of a domain's SPF brings besides its findings.</summary>
internal sealed record SpfCheckResult(SpfNode? Tree, IReadOnlyList<SpfResult> Results);
