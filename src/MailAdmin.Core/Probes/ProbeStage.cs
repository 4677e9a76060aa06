namespace MailAdmin.Probes;

/// <summary>The steps that a probe takes, in the order in which they come with STARTTLS.</summary>
public enum ProbeStage
{
    /// <summary>Looking up the addresses of the server.</summary>
    Dns,

    /// <summary>Connecting.</summary>
    Tcp,

    /// <summary>The server's first reply.</summary>
    Banner,

    /// <summary>EHLO, or HELO where EHLO is not known; again under TLS.</summary>
    Ehlo,

    /// <summary>The STARTTLS command.</summary>
    StartTls,

    /// <summary>The TLS handshake.</summary>
    Tls,

    /// <summary>The judgement of the server's certificate.</summary>
    Certificate,

    /// <summary>The TLSA records of the server (DANE).</summary>
    Dane,

    /// <summary>The versions of TLS that the server takes.</summary>
    TlsVersions,

    /// <summary>The login.</summary>
    Auth,

    /// <summary>MAIL FROM: whether this sender is accepted.</summary>
    MailFrom,

    /// <summary>RCPT TO: whether this recipient is accepted.</summary>
    RcptTo,

    /// <summary>RSET, which gives up the transaction: nothing is sent.</summary>
    Rset,

    /// <summary>The test message, when one was asked for.</summary>
    Message,

    /// <summary>QUIT.</summary>
    Quit,
}
