namespace MailAdmin.Identity.Secrets;

/// <summary>Makes secrets fit to be kept, so that only this environment can read them again.</summary>
public interface ISecretProtector
{
    /// <summary>Protects a secret. The same secret looks different each time.</summary>
    /// <param name="secret">The secret, at most <see cref="ProtectedSecret.MaxSecretLength"/> octets.</param>
    /// <returns>Octets that can be stored anywhere; their form says which version of it they have.</returns>
    /// <exception cref="SecretException">The key cannot be used.</exception>
    byte[] Protect(ReadOnlySpan<byte> secret);

    /// <summary>Gives a secret back.</summary>
    /// <param name="protectedSecret">What <see cref="Protect"/> returned.</param>
    /// <param name="label">What the secret is, for the message when it cannot be read.</param>
    /// <exception cref="SecretException">
    /// It was protected in another environment, is damaged, or the key cannot be used; the failure names the secret and
    /// the command that enters it again.
    /// </exception>
    byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, SecretLabel label);
}
