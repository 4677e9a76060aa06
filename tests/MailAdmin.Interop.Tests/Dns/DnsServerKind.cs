namespace MailAdmin.Interop.Dns;

/// <summary>The DNS servers of the tests.</summary>
public enum DnsServerKind
{
    /// <summary>Knot, which answers from the zones.</summary>
    Knot,

    /// <summary>BIND, which answers from the zones.</summary>
    Bind,

    /// <summary>Unbound, which asks Knot and validates.</summary>
    Unbound,
}
