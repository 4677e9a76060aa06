using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the names of limits that are known.</summary>
public sealed class LimitPresetCompleter()
    : ListCompleter([.. LimitPreset.All(SendMethodCatalog.BuiltIn).Select(preset => preset.Name)]);
