namespace MailAdmin.Transports.Methods;

/// <summary>How the server of a method knows the sender.</summary>
public enum LoginKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the certificate of the TLS connection, or by the IP address; there is no login.</summary>
    CertificateOrAddress,

    /// <summary>By the login of a mailbox.</summary>
    Mailbox,

    /// <summary>By the login of an account that is made for sending.</summary>
    Account,

    /// <summary>By an app registration.</summary>
    App,

    /// <summary>As the server is set up.</summary>
    Server,
}
