namespace MailAdmin.PowerShell.Binding;

/// <summary>Which addresses of a server to connect to.</summary>
public enum IPVersion
{
    /// <summary>Whichever answers first.</summary>
    Any,

    /// <summary>IPv4 only.</summary>
    IPv4,

    /// <summary>IPv6 only.</summary>
    IPv6,
}
