namespace MailAdmin.Interop.Servers;

/// <summary>The ports of <see cref="PostfixServer"/>, one for each way of being a server.</summary>
public enum PostfixService
{
    /// <summary>As at port 25: STARTTLS offered, no login.</summary>
    Relay,

    /// <summary>Neither TLS nor login.</summary>
    Plain,

    /// <summary>Offers AUTH without TLS, and relays only after a login.</summary>
    PlainLogin,

    /// <summary>As at port 587: STARTTLS required, then a login.</summary>
    Submission,

    /// <summary>As at port 465: implicit TLS; a login is offered.</summary>
    ImplicitTls,

    /// <summary>Offers NTLM and DIGEST-MD5 alone, without TLS, and relays only after a login.</summary>
    NtlmLogin,

    /// <summary>
    /// As at port 587, with tokens alone, about which Dovecot asks the identity provider that issued them.
    /// </summary>
    TokenLogin,

    /// <summary>Asks for a client certificate and relays only for one of the authority.</summary>
    ClientCertificate,

    /// <summary>Leaves with 421 after the TLS handshake with a client that has no certificate.</summary>
    ClientCertificateForced,

    /// <summary>Takes 20,000 octets at the most.</summary>
    Small,

    /// <summary>Offers no extension at all.</summary>
    Bare,

    /// <summary>Does not know EHLO.</summary>
    HeloOnly,

    /// <summary>STARTTLS with an expired certificate.</summary>
    Expired,

    /// <summary>STARTTLS with a certificate for another name.</summary>
    WrongName,

    /// <summary>STARTTLS with a self-signed certificate.</summary>
    SelfSigned,

    /// <summary>STARTTLS with a revoked certificate.</summary>
    Revoked,

    /// <summary>STARTTLS with a certificate whose revocation list cannot be had.</summary>
    RevocationUnknown,

    /// <summary>
    /// TLS 1.0 to 1.3 with all that OpenSSL has at security level 0, and certificates of both kinds of keys.
    /// </summary>
    AllTls,

    /// <summary>The same, but TLS 1.0 and 1.1 only.</summary>
    OldTls,

    /// <summary>TLS 1.2 with three cipher suites.</summary>
    FewCiphers,

    /// <summary>Lets clients resume a TLS session.</summary>
    Resuming,

    /// <summary>The same, with a certificate for another name.</summary>
    ResumingWrongName,
}
