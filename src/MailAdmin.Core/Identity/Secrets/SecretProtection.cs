namespace MailAdmin.Identity.Secrets;

/// <summary>
/// By what a secret is protected: an octet of <see cref="ProtectedSecret"/>, so the values are fixed.
/// </summary>
internal enum SecretProtection : byte
{
    /// <summary>AES-256-GCM with the key of a <see cref="SecretKeyFile"/>.</summary>
    KeyFile = 1,

    /// <summary>DPAPI of the Windows account.</summary>
    WindowsUser = 2,

    /// <summary>DPAPI of the Windows machine.</summary>
    WindowsMachine = 3,
}
