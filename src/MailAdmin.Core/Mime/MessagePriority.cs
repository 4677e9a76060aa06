namespace MailAdmin.Mime;

/// <summary>How urgent a message is said to be: X-Priority, Importance and Priority (RFC 2156 §5.3.6).</summary>
public enum MessagePriority
{
    /// <summary>No priority header is written.</summary>
    Normal,

    /// <summary>Less urgent than usual.</summary>
    Low,

    /// <summary>More urgent than usual.</summary>
    High,
}
