namespace MailAdmin.DomainChecks.Dkim;

/// <summary>What was found under one selector.</summary>
/// <param name="Name">The selector.</param>
/// <param name="Alias">The name that it is an alias of (CNAME), as Microsoft 365 wants it; null for none.</param>
/// <param name="Key">The key; null when there is no record, or more than one.</param>
public sealed record DkimSelector(string Name, string? Alias, DkimKeyRecord? Key);
