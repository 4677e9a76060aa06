namespace MailAdmin.Probes.Tls;

/// <summary>The versions of SSL and TLS, by their numbers on the wire.</summary>
public enum TlsVersion
{
    /// <summary>SSL 3.0 (RFC 6101), broken; forbidden by RFC 7568.</summary>
    Ssl30 = 0x0300,

    /// <summary>TLS 1.0 (RFC 2246), retired by RFC 8996.</summary>
    Tls10 = 0x0301,

    /// <summary>TLS 1.1 (RFC 4346), retired by RFC 8996.</summary>
    Tls11 = 0x0302,

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12 = 0x0303,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13 = 0x0304,
}
