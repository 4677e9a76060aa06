using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the limits that the known methods have.</summary>
public sealed class LimitCompleter()
    : ListCompleter(
    [
        .. LimitPreset.All(SendMethodCatalog.BuiltIn)
            .SelectMany(preset => preset.Limits)
            .Select(LimitText.Write)
            .Distinct(),
        "0",
    ]);
