namespace MailAdmin.Interop.Cases;

/// <summary>Which header fields a message has beside the usual ones.</summary>
public enum HeaderKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>High priority.</summary>
    HighPriority,

    /// <summary>Low priority and a Reply-To.</summary>
    LowPriorityReplyTo,

    /// <summary>Sent on behalf of another: a Sender.</summary>
    Sender,

    /// <summary>Custom fields: ASCII, beyond ASCII and long.</summary>
    Custom,
}
