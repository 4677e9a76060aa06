namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>What senders do with a host that does not fit the policy (RFC 8461 §5).</summary>
public enum MtaStsMode
{
    /// <summary>As if there were no policy.</summary>
    None,

    /// <summary>They report it and send all the same.</summary>
    Testing,

    /// <summary>They do not send to it.</summary>
    Enforce,
}
