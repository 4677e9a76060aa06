namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the ports that mail is handed in at.</summary>
public sealed class PortCompleter() : ListCompleter(["25", "465", "587", "2525"]);
