using MailAdmin.Net;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>The TLS of a mail host as other mail servers meet it.</summary>
public sealed record MailHostTls
{
    private MailHostTls()
    {
    }

    /// <summary>What was negotiated, whatever is wrong with the certificate; null when nothing was.</summary>
    public TlsSession? Session { get; private init; }

    /// <summary>True when the host answered and offers no STARTTLS.</summary>
    public bool IsPlainOnly { get; private init; }

    /// <summary>Why there is nothing to see, in words; empty when there is.</summary>
    public string Detail { get; private init; } = "";

    /// <summary>TLS came about.</summary>
    public static MailHostTls Shown(TlsSession session) => new() { Session = session };

    /// <summary>The host offers no STARTTLS.</summary>
    public static MailHostTls PlainOnly() => new() { IsPlainOnly = true };

    /// <summary>No connection came about, or it ended before the certificate was seen.</summary>
    public static MailHostTls Unseen(string detail) => new() { Detail = detail };
}
