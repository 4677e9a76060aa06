namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes the sorts of proxy.</summary>
public sealed class ProxyCompleter() : ListCompleter(["socks5://", "http://"]);
