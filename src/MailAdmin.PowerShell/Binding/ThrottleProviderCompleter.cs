using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the providers that methods of sending belong to.</summary>
public sealed class ThrottleProviderCompleter()
    : ListCompleter(
        [.. SendMethodCatalog.BuiltIn.Methods.Select(method => method.Provider).OfType<string>().Distinct()]);
