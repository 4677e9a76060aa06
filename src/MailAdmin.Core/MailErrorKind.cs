namespace MailAdmin;

/// <summary>The sorts of failure; each maps to one PowerShell error category and one sysexits code.</summary>
public enum MailErrorKind
{
    /// <summary>The caller passed something that cannot be used; nothing was sent.</summary>
    InvalidInput,

    /// <summary>A file, a name or another thing that was referred to does not exist or cannot be read.</summary>
    NotFound,

    /// <summary>No connection could be made, or it broke.</summary>
    Connection,

    /// <summary>TLS could not be established, or the certificate was not acceptable.</summary>
    Tls,

    /// <summary>The server refused the credentials, or they may not be used here.</summary>
    Authentication,

    /// <summary>The peer did not speak the protocol.</summary>
    Protocol,

    /// <summary>The server refused a command or a message.</summary>
    Rejected,

    /// <summary>A limit of the server or of this product was exceeded.</summary>
    Limit,

    /// <summary>The peer did not answer in time.</summary>
    Timeout,

    /// <summary>The server lacks a capability that the operation needs.</summary>
    NotSupported,

    /// <summary>The system or an administrator does not let this user do it.</summary>
    Permission,

    /// <summary>What is kept on this machine cannot be read or written.</summary>
    Storage,
}
