using MailAdmin.Sasl;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the names of the SASL mechanisms that the core has.</summary>
public sealed class MechanismCompleter() : ListCompleter(SaslMechanisms.Names);
