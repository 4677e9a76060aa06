namespace MailAdmin.Transports.Methods;

/// <summary>Whether a method works without TLS.</summary>
public enum TlsNeed
{
    /// <summary>It does; TLS is used where both sides can.</summary>
    Optional,

    /// <summary>It does not, and TLS 1.2 is the least.</summary>
    Required,
}
