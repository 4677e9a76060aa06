namespace MailAdmin.Server;

/// <summary>Whether and how the embedded server speaks TLS.</summary>
public enum SmtpServerSecurity
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>On request by STARTTLS, as on ports 25 and 587.</summary>
    StartTls,

    /// <summary>From the first octet on, as on port 465.</summary>
    Implicit,
}
