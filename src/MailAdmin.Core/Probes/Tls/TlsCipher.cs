using System.Net.Security;

namespace MailAdmin.Probes.Tls;

/// <summary>A cipher suite that a server accepts.</summary>
/// <param name="Suite">Which one; a number that has no name here is shown as such.</param>
/// <param name="Strength">What it is worth.</param>
public sealed record TlsCipher(TlsCipherSuite Suite, TlsCipherStrength Strength)
{
    /// <summary>The name of the suite.</summary>
    public override string ToString() => Suite.ToString();
}
