using MailAdmin.Diagnosis;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the names of the cultures that the error catalogue has words in.</summary>
public sealed class CultureCompleter() : ListCompleter(ErrorCatalog.Default.Cultures);
