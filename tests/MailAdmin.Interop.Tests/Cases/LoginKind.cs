namespace MailAdmin.Interop.Cases;

/// <summary>With which SASL mechanism a client logs in.</summary>
public enum LoginKind
{
    /// <summary>Without a login.</summary>
    None,

    /// <summary>PLAIN.</summary>
    Plain,

    /// <summary>LOGIN.</summary>
    Login,

    /// <summary>CRAM-MD5.</summary>
    CramMd5,

    /// <summary>SCRAM-SHA-1.</summary>
    ScramSha1,

    /// <summary>SCRAM-SHA-256.</summary>
    ScramSha256,
}
