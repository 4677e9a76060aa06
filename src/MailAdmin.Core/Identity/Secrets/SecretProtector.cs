using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Identity.Secrets;

/// <summary>
/// Secrets at rest, bound to the environment: by DPAPI on Windows, elsewhere by a key file beside the store. A store
/// that is copied to another account or machine does not take its secrets along.
/// </summary>
public static class SecretProtector
{
    /// <summary>The key file's name, in the store's folder.</summary>
    public const string KeyFileName = "secrets.key";

    /// <summary>Makes the protector of a store. Nothing is read or written before the first secret.</summary>
    /// <param name="folder">Where the store is; the folder must exist before the first secret.</param>
    /// <param name="audience">Who may read the secrets.</param>
    public static ISecretProtector ForFolder(string folder, SecretAudience audience) => OperatingSystem.IsWindows()
        ? new WindowsProtector(audience)
        : new KeyFileProtector(Path.Combine(folder, KeyFileName), audience);

    /// <summary>Protects a text.</summary>
    /// <exception cref="SecretException">The key cannot be used.</exception>
    public static byte[] ProtectText(this ISecretProtector protector, string secret)
    {
        ArgumentNullException.ThrowIfNull(protector);
        var clear = Encoding.UTF8.GetBytes(secret);
        try
        {
            return protector.Protect(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Gives a text back.</summary>
    /// <param name="protector">The environment.</param>
    /// <param name="protectedSecret">What <see cref="ProtectText"/> returned.</param>
    /// <param name="label">What the secret is.</param>
    /// <exception cref="SecretException">As <see cref="ISecretProtector.Unprotect"/>.</exception>
    public static string UnprotectText(
        this ISecretProtector protector, ReadOnlySpan<byte> protectedSecret, SecretLabel label)
    {
        ArgumentNullException.ThrowIfNull(protector);
        var clear = protector.Unprotect(protectedSecret, label);
        try
        {
            return Encoding.UTF8.GetString(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
