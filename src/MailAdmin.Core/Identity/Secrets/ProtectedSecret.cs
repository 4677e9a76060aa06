namespace MailAdmin.Identity.Secrets;

/// <summary>
/// The form of a secret at rest.
/// <code>
/// "MSec"  version  protection  key id   body
///  4      1        1           16       AES-GCM: nonce 12, tag 16, secret; DPAPI: what Windows made of it
/// </code>
/// All before the body is authenticated with it.
/// </summary>
public readonly ref struct ProtectedSecret
{
    /// <summary>The longest secret in octets: a private key in PEM form fits.</summary>
    public const int MaxSecretLength = 64 * 1024;

    internal const int KeyIdLength = 16;
    internal const int HeaderLength = 6 + KeyIdLength;

    private const byte CurrentVersion = 1;
    private const int MaxLength = MaxSecretLength + 4096;

    private readonly ReadOnlySpan<byte> _octets;

    private ProtectedSecret(ReadOnlySpan<byte> octets) => _octets = octets;

    internal SecretProtection Protection => (SecretProtection)_octets[5];

    internal ReadOnlySpan<byte> KeyId => _octets.Slice(6, KeyIdLength);

    internal ReadOnlySpan<byte> Header => _octets[..HeaderLength];

    internal ReadOnlySpan<byte> Body => _octets[HeaderLength..];

    /// <exception cref="SecretException">It is damaged, or newer than this version.</exception>
    internal static ProtectedSecret Read(ReadOnlySpan<byte> octets, SecretLabel label)
    {
        if (octets.Length is < HeaderLength or > MaxLength || !octets.StartsWith("MSec"u8))
        {
            throw SecretException.Damaged(label);
        }

        if (octets[4] > CurrentVersion)
        {
            throw SecretException.Newer(label);
        }

        return octets[4] == CurrentVersion ? new ProtectedSecret(octets) : throw SecretException.Damaged(label);
    }

    /// <summary>Writes the header into the beginning of <paramref name="target"/>.</summary>
    internal static void WriteHeader(Span<byte> target, SecretProtection protection, ReadOnlySpan<byte> keyId)
    {
        "MSec"u8.CopyTo(target);
        target[4] = CurrentVersion;
        target[5] = (byte)protection;
        keyId.CopyTo(target[6..]);
    }

    /// <exception cref="SecretException">The secret is too long.</exception>
    internal static void CheckLength(ReadOnlySpan<byte> secret)
    {
        if (secret.Length > MaxSecretLength)
        {
            throw SecretException.TooLong(secret.Length);
        }
    }
}
