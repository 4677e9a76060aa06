using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Transports;

/// <summary>
/// Reads a certificate to log in with: a PFX file (PKCS #12), or PEM (RFC 7468) with the private key in the same file or
/// in one of its own. Certificates of intermediate authorities in the file go along, behind the end certificate.
/// </summary>
public static class ClientCertificateFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The certificate.</param>
    /// <param name="keyPath">The private key, when it is a PEM file of its own; else null.</param>
    /// <param name="password">What the PFX or the PEM key is encrypted with; null when it is not.</param>
    /// <returns>The end certificate with its private key first.</returns>
    /// <exception cref="ClientCertificateException">A file cannot be read, or there is no private key that fits.</exception>
    public static X509Certificate2Collection Load(string path, string? keyPath = null, string? password = null)
    {
        try
        {
            var certificates = IsPem(path) ? LoadPem(path, keyPath ?? path, password) : LoadPfx(path, password);
            return certificates is [{ HasPrivateKey: true }, ..] ? certificates : throw Unusable(path, "it has no private key");
        }
        catch (CryptographicException cause)
        {
            throw Unusable(path, cause.Message.TrimEnd('.'), cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ClientCertificateException(
                "ClientCertificateNotFound",
                MailErrorKind.NotFound,
                $"The client certificate cannot be read: {cause.Message.TrimEnd('.')}.",
                "Check the path and the permissions of the file.",
                cause);
        }
    }

    private static bool IsPem(string path)
    {
        using var reader = new StreamReader(path);
        var head = new char[4096];
        return head.AsSpan(0, reader.ReadBlock(head)).Contains("-----BEGIN ", StringComparison.Ordinal);
    }

    private static X509Certificate2Collection LoadPem(string path, string keyPath, string? password)
    {
        using var pem = password is null
            ? X509Certificate2.CreateFromPemFile(path, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);

        // Windows' TLS cannot use a key that exists only in memory; through PKCS #12 it gets a home.
        var certificates = new X509Certificate2Collection(new X509Certificate2(pem.Export(X509ContentType.Pkcs12)));
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        certificates.AddRange(all.Where(c => c.Thumbprint != pem.Thumbprint).ToArray());
        return certificates;
    }

    private static X509Certificate2Collection LoadPfx(string path, string? password)
    {
        var all = new X509Certificate2Collection();
        all.Import(path, password);
        return new X509Certificate2Collection(all.OrderByDescending(c => c.HasPrivateKey).ToArray());
    }

    private static ClientCertificateException Unusable(string path, string reason, Exception? cause = null) =>
        new(
            "ClientCertificateUnusable",
            MailErrorKind.InvalidInput,
            $"The client certificate '{path}' cannot be used: {reason}.",
            "Give a PFX file, or a PEM certificate with its private key; if it is encrypted, its password too.",
            cause);
}
