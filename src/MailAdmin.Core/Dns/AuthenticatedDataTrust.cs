namespace MailAdmin.Dns;

/// <summary>Whose AD bit (RFC 4035 §3.2.3) is believed.</summary>
public enum AuthenticatedDataTrust
{
    /// <summary>A resolver's on the loopback interface, or as resolv.conf says (<c>trust-ad</c>).</summary>
    Local,

    /// <summary>Every server's: the user knows the way to it to be safe.</summary>
    Always,

    /// <summary>Nobody's.</summary>
    Never,
}
