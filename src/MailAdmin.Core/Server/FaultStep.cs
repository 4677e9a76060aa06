namespace MailAdmin.Server;

/// <summary>The places of a session at which a <see cref="Fault"/> can strike.</summary>
public enum FaultStep
{
    /// <summary>A connection was accepted; nothing was said yet, and with implicit TLS no handshake begun.</summary>
    Connect,

    /// <summary>In place of the greeting.</summary>
    Banner,

    /// <summary>At EHLO.</summary>
    Ehlo,

    /// <summary>At HELO.</summary>
    Helo,

    /// <summary>At STARTTLS, before its reply.</summary>
    StartTls,

    /// <summary>In place of the TLS handshake, with STARTTLS or implicit.</summary>
    Tls,

    /// <summary>At AUTH.</summary>
    Auth,

    /// <summary>At each line that a client sends within an AUTH exchange.</summary>
    AuthResponse,

    /// <summary>At MAIL FROM.</summary>
    Mail,

    /// <summary>At RCPT TO; its occurrences are counted within each transaction.</summary>
    Rcpt,

    /// <summary>Where a message begins: at DATA, or at the first BDAT of a message.</summary>
    Data,

    /// <summary>Within the content, after a number of octets of it (as they travel, with stuffed dots).</summary>
    Content,

    /// <summary>At the end of the content: the final dot, or the end of the last chunk.</summary>
    EndOfData,

    /// <summary>At BDAT, at each one; its chunk is read all the same.</summary>
    Bdat,

    /// <summary>At RSET.</summary>
    Rset,

    /// <summary>At NOOP.</summary>
    Noop,

    /// <summary>At VRFY.</summary>
    Vrfy,

    /// <summary>At HELP.</summary>
    Help,

    /// <summary>At QUIT.</summary>
    Quit,
}
