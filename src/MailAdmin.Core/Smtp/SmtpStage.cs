namespace MailAdmin.Smtp;

/// <summary>Where in a session something happened, in the order in which the stages come.</summary>
public enum SmtpStage
{
    /// <summary>Looking up and connecting.</summary>
    Connect,

    /// <summary>TLS, at once on the port or behind STARTTLS.</summary>
    Tls,

    /// <summary>The server's first reply.</summary>
    Greeting,

    /// <summary>EHLO or HELO.</summary>
    Ehlo,

    /// <summary>The STARTTLS command.</summary>
    StartTls,

    /// <summary>AUTH and its challenges.</summary>
    Auth,

    /// <summary>MAIL FROM.</summary>
    MailFrom,

    /// <summary>RCPT TO.</summary>
    RcptTo,

    /// <summary>The DATA command.</summary>
    Data,

    /// <summary>While the message's octets were sent.</summary>
    Content,

    /// <summary>The reply to the end of the message.</summary>
    EndOfData,

    /// <summary>RSET.</summary>
    Rset,

    /// <summary>NOOP.</summary>
    Noop,

    /// <summary>QUIT.</summary>
    Quit,
}
