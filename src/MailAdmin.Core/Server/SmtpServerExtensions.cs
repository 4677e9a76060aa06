namespace MailAdmin.Server;

/// <summary>The service extensions that the embedded server can offer in its reply to EHLO.</summary>
[Flags]
public enum SmtpServerExtensions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SIZE (RFC 1870).</summary>
    Size = 1,

    /// <summary>8BITMIME (RFC 6152).</summary>
    EightBitMime = 1 << 1,

    /// <summary>SMTPUTF8 (RFC 6531).</summary>
    SmtpUtf8 = 1 << 2,

    /// <summary>DSN (RFC 3461).</summary>
    Dsn = 1 << 3,

    /// <summary>PIPELINING (RFC 2920); what is pipelined without the offer is answered all the same.</summary>
    Pipelining = 1 << 4,

    /// <summary>CHUNKING (RFC 3030), the command BDAT.</summary>
    Chunking = 1 << 5,

    /// <summary>ENHANCEDSTATUSCODES (RFC 2034); without it replies carry none.</summary>
    EnhancedStatusCodes = 1 << 6,

    /// <summary>LIMITS (RFC 9422).</summary>
    Limits = 1 << 7,

    /// <summary>
    /// STARTTLS (RFC 3207); offered only where <see cref="SmtpServerSecurity.StartTls"/> is set and TLS is not on.
    /// </summary>
    StartTls = 1 << 8,

    /// <summary>AUTH (RFC 4954); offered only where users are known.</summary>
    Auth = 1 << 9,

    /// <summary>HELP.</summary>
    Help = 1 << 10,

    /// <summary>All of them.</summary>
    All = (1 << 11) - 1,
}
