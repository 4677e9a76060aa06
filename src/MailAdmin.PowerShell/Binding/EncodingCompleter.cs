namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the names of encodings.</summary>
public sealed class EncodingCompleter() : ListCompleter(EncodingNameAttribute.Names);
