using MailAdmin.DomainChecks;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the names of the mail services that the core knows.</summary>
public sealed class MailProviderCompleter()
    : ListCompleter([.. MailProviderCatalog.BuiltIn.Providers.Select(provider => provider.Name)]);
