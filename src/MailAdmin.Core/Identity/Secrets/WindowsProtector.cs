using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace MailAdmin.Identity.Secrets;

/// <summary>
/// DPAPI. Windows itself knows which account or machine protected a secret, so the key id is only part of what is
/// authenticated.
/// </summary>
/// <param name="audience">The account, or the machine.</param>
[SupportedOSPlatform("windows")]
internal sealed class WindowsProtector(SecretAudience audience) : ISecretProtector
{
    private readonly DataProtectionScope _scope =
        audience == SecretAudience.Machine ? DataProtectionScope.LocalMachine : DataProtectionScope.CurrentUser;

    /// <inheritdoc/>
    public byte[] Protect(ReadOnlySpan<byte> secret)
    {
        ProtectedSecret.CheckLength(secret);
        var header = new byte[ProtectedSecret.HeaderLength];
        var protection = audience == SecretAudience.Machine
            ? SecretProtection.WindowsMachine
            : SecretProtection.WindowsUser;
        ProtectedSecret.WriteHeader(header, protection, RandomNumberGenerator.GetBytes(ProtectedSecret.KeyIdLength));
        try
        {
            return [.. header, .. ProtectedData.Protect(secret.ToArray(), header, _scope)];
        }
        catch (CryptographicException e)
        {
            throw SecretException.SystemRefused(e);
        }
    }

    /// <inheritdoc/>
    public byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, SecretLabel label)
    {
        var stored = ProtectedSecret.Read(protectedSecret, label);
        switch (stored.Protection)
        {
            case SecretProtection.WindowsUser or SecretProtection.WindowsMachine:
                break;
            case SecretProtection.KeyFile:
                throw SecretException.FromElsewhere(label);
            default:
                throw SecretException.Damaged(label);
        }

        try
        {
            return ProtectedData.Unprotect(stored.Body.ToArray(), stored.Header.ToArray(), _scope);
        }
        catch (CryptographicException e)
        {
            // Windows does not tell a damaged secret from another account's.
            throw SecretException.FromElsewhere(label, e);
        }
    }
}
