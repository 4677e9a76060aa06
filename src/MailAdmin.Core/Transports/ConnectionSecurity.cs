namespace MailAdmin.Transports;

/// <summary>What a route demands of TLS.</summary>
public enum ConnectionSecurity
{
    /// <summary>
    /// Port 465 is implicit TLS. With a credential, a token, a client certificate or port 587 it is
    /// <see cref="StartTls"/>, otherwise <see cref="StartTlsWhenAvailable"/>.
    /// </summary>
    Auto,

    /// <summary>STARTTLS (RFC 3207) must be offered, and the certificate must be good.</summary>
    StartTls,

    /// <summary>
    /// STARTTLS if it is offered; a bad certificate is a warning then, and a failed handshake leads to a connection
    /// without TLS (RFC 7435). With a credential the certificate must be good nevertheless: it guards the password.
    /// </summary>
    StartTlsWhenAvailable,

    /// <summary>TLS at once on the port (RFC 8314 §3), and the certificate must be good.</summary>
    Implicit,

    /// <summary>No TLS, whatever is offered.</summary>
    None,
}
