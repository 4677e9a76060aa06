namespace MailAdmin.Probes.Tls;

/// <summary>What a cipher suite is worth today.</summary>
public enum TlsCipherStrength
{
    /// <summary>
    /// Forward secrecy and authenticated encryption: all of TLS 1.3, ECDHE and DHE with GCM, CCM or ChaCha20.
    /// </summary>
    Strong,

    /// <summary>No forward secrecy, or CBC, or SHA-1: good enough for mail that would go in clear otherwise.</summary>
    Weak,

    /// <summary>
    /// No encryption or no authentication, export keys, RC4, DES or 3DES: readable or changeable on the way.
    /// </summary>
    Broken,
}
