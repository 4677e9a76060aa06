namespace MailAdmin.Interop.Cases;

/// <summary>How the connection is secured.</summary>
public enum SecurityKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By STARTTLS.</summary>
    StartTls,

    /// <summary>By TLS from the start.</summary>
    Implicit,
}
