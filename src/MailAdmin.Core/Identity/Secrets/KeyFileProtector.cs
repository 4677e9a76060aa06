using System.Security.Cryptography;

namespace MailAdmin.Identity.Secrets;

/// <summary>AES-256-GCM (NIST SP 800-38D) with the key of a file, which is made with the first secret.</summary>
/// <param name="path">The key file.</param>
/// <param name="audience">Who may read it.</param>
internal sealed class KeyFileProtector(string path, SecretAudience audience) : ISecretProtector
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <inheritdoc/>
    public byte[] Protect(ReadOnlySpan<byte> secret)
    {
        ProtectedSecret.CheckLength(secret);
        var file = SecretKeyFile.ReadOrCreate(path, audience);
        var result = new byte[ProtectedSecret.HeaderLength + NonceLength + TagLength + secret.Length];
        ProtectedSecret.WriteHeader(result, SecretProtection.KeyFile, file.Id);
        var body = result.AsSpan(ProtectedSecret.HeaderLength);
        RandomNumberGenerator.Fill(body[..NonceLength]);
        using var cipher = new AesGcm(file.Key, TagLength);
        cipher.Encrypt(
            body[..NonceLength],
            secret,
            body[(NonceLength + TagLength)..],
            body.Slice(NonceLength, TagLength),
            result.AsSpan(0, ProtectedSecret.HeaderLength));
        return result;
    }

    /// <inheritdoc/>
    public byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, SecretLabel label)
    {
        var stored = ProtectedSecret.Read(protectedSecret, label);
        if (stored.Protection != SecretProtection.KeyFile)
        {
            throw stored.Protection is SecretProtection.WindowsUser or SecretProtection.WindowsMachine
                ? SecretException.FromElsewhere(label)
                : SecretException.Damaged(label);
        }

        var file = SecretKeyFile.Read(path, audience);
        if (file is null || !stored.KeyId.SequenceEqual(file.Id))
        {
            throw SecretException.FromElsewhere(label);
        }

        var body = stored.Body;
        if (body.Length < NonceLength + TagLength)
        {
            throw SecretException.Damaged(label);
        }

        var secret = new byte[body.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(file.Key, TagLength);
            cipher.Decrypt(
                body[..NonceLength],
                body[(NonceLength + TagLength)..],
                body.Slice(NonceLength, TagLength),
                secret,
                stored.Header);
            return secret;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw SecretException.Damaged(label, e);
        }
    }
}
