using System.Security.Cryptography;

namespace MailAdmin.Mime.Dkim;

/// <summary>A private RSA key for DKIM (RFC 6376 §3.3, RFC 8301). May be used from several threads.</summary>
public sealed class DkimKey : IDisposable
{
    private const int MinBits = 1024;
    private const int RecommendedBits = 2048;

    private readonly RSA _rsa;
    private readonly object _inUse = new();

    private DkimKey(RSA rsa) => _rsa = rsa;

    /// <summary>The size of the key.</summary>
    public int Bits => _rsa.KeySize;

    /// <summary>What is to be said about the key, or null.</summary>
    public string? Warning =>
        Bits < RecommendedBits
            ? $"The DKIM key has {Bits} bits; {RecommendedBits} are recommended, and receivers may stop taking " +
                "shorter ones (RFC 8301)."
            : null;

    /// <summary>
    /// Reads a key in PEM form: PKCS#1 (<c>RSA PRIVATE KEY</c>) or PKCS#8 (<c>PRIVATE KEY</c>), not encrypted.
    /// </summary>
    /// <exception cref="MessageException">DkimKeyUnusable, or DkimKeyTooShort under 1024 bits.</exception>
    public static DkimKey FromPem(ReadOnlySpan<char> pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new MessageException(
                "DkimKeyUnusable",
                MailErrorKind.InvalidInput,
                "The DKIM key is not an unencrypted RSA private key in PEM form.",
                "Give the private key as 'openssl genrsa 2048' or 'openssl genpkey -algorithm RSA' writes it, " +
                "without a password.",
                e);
        }

        if (rsa.KeySize < MinBits)
        {
            var bits = rsa.KeySize;
            rsa.Dispose();
            throw new MessageException(
                "DkimKeyTooShort",
                MailErrorKind.InvalidInput,
                $"The DKIM key has {bits} bits; receivers ignore signatures of keys with less than {MinBits} (RFC " +
                "8301).",
                $"Make a key of {RecommendedBits} bits and publish its public half.");
        }

        return new DkimKey(rsa);
    }

    /// <summary>Reads a PEM file.</summary>
    /// <exception cref="MessageException">
    /// DkimKeyNotFound, DkimKeyUnreadable, DkimKeyUnusable or DkimKeyTooShort.
    /// </exception>
    public static async ValueTask<DkimKey> FromPemFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return FromPem(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MessageException(
                "DkimKeyNotFound",
                MailErrorKind.NotFound,
                $"The DKIM key file '{path}' does not exist.",
                "Check the path.",
                e);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MessageException(
                "DkimKeyUnreadable",
                MailErrorKind.NotFound,
                $"The DKIM key file '{path}' cannot be read: {e.Message}",
                "Check that this account may read it.",
                e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rsa.Dispose();

    /// <summary>The signature of a SHA-256 hash (RFC 8017 §8.2).</summary>
    internal byte[] Sign(ReadOnlySpan<byte> hash)
    {
        // RSA instances are not documented as safe for several threads.
        lock (_inUse)
        {
            return _rsa.SignHash(hash.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }
}
