namespace MailAdmin.Addressing;

/// <summary>How much of the message a failure report brings back (RFC 3461 §4.3).</summary>
public enum DsnReturn
{
    /// <summary>The server's own default: the parameter is not sent.</summary>
    Unspecified,

    /// <summary>The whole message.</summary>
    Full,

    /// <summary>The headers only.</summary>
    Headers,
}
