namespace MailAdmin.Interop.Servers;

/// <summary>The ports of <see cref="EximServer"/>.</summary>
public enum EximService
{
    /// <summary>STARTTLS offered; within TLS a login is offered; neither is required.</summary>
    Relay,

    /// <summary>A login within TLS is required.</summary>
    Submission,

    /// <summary>Implicit TLS; a login is offered.</summary>
    ImplicitTls,

    /// <summary>STARTTLS, whose handshake fails for a client without a certificate of the authority.</summary>
    ClientCertificate,
}
