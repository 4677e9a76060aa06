using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>
/// Loads certificates to log in with: the end certificate with its private key comes first, the rest of its chain
/// follows and is sent along.
/// </summary>
public static class ClientCertificate
{
    /// <summary>Loads a file of either form, told apart by its content.</summary>
    /// <param name="path">The certificate, PFX or PEM.</param>
    /// <param name="keyPath">The private key, when it is a PEM file of its own; else null.</param>
    /// <param name="password">The password of the PFX or of the PEM key; null when it has none.</param>
    /// <exception cref="ClientCertificateException">As <see cref="LoadPfx"/> and <see cref="LoadPem"/>.</exception>
    public static X509Certificate2Collection Load(string path, string? keyPath, string? password) =>
        Content(path).AsSpan().IndexOf("-----BEGIN "u8) >= 0
            ? LoadPem(path, keyPath, password)
            : LoadPfx(path, password);

    /// <summary>Loads a PFX file (PKCS #12).</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; null when it has none.</param>
    /// <exception cref="ClientCertificateException">
    /// The file cannot be read, the password is wrong, or it has no private key.
    /// </exception>
    public static X509Certificate2Collection LoadPfx(string path, string? password)
    {
        var all = new X509Certificate2Collection();
        Read(path, () => all.Import(Content(path), password, X509KeyStorageFlags.DefaultKeySet));
        return WithKeyFirst(all, path);
    }

    /// <summary>Loads PEM files.</summary>
    /// <param name="certificatePath">The certificate, followed by those of its chain if there are any.</param>
    /// <param name="keyPath">The private key; null when it stands in the same file.</param>
    /// <param name="keyPassword">The key's password; null when it is not encrypted.</param>
    /// <exception cref="ClientCertificateException">
    /// A file cannot be read, or key and certificate do not belong together.
    /// </exception>
    public static X509Certificate2Collection LoadPem(string certificatePath, string? keyPath, string? keyPassword)
    {
        var all = new X509Certificate2Collection();
        Read(certificatePath, () => all.ImportFromPem(Text(certificatePath)));
        var keyText = Text(keyPath ?? certificatePath);
        Read(keyPath ?? certificatePath, () =>
        {
            var certificate = Text(certificatePath);
            using var withKey = keyPassword is null
                ? X509Certificate2.CreateFromPem(certificate, keyText)
                : X509Certificate2.CreateFromEncryptedPem(certificate, keyText, keyPassword);

            // Windows does TLS only with keys that came from a PFX.
            all[0] = new X509Certificate2(withKey.Export(X509ContentType.Pfx));
        });
        return WithKeyFirst(all, certificatePath);
    }

    /// <summary>Finds a certificate in the user's or, failing that, the machine's personal store.</summary>
    /// <param name="thumbprint">The SHA-1 thumbprint in hexadecimal; blanks and colons do not matter.</param>
    /// <exception cref="ClientCertificateException">There is none, or it has no usable private key.</exception>
    public static X509Certificate2Collection FindInStore(string thumbprint)
    {
        var bare = new string([.. thumbprint.Where(char.IsAsciiHexDigit)]);
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using var store = new X509Store(StoreName.My, location);
            if (TryOpen(store)
                && store.Certificates.Find(X509FindType.FindByThumbprint, bare, validOnly: false) is [var found, ..])
            {
                return WithKeyFirst([found], $"{location}\\My\\{bare}");
            }
        }

        throw new ClientCertificateException(
            "ClientCertificateNotFound",
            MailErrorKind.NotFound,
            $"There is no certificate with the thumbprint {bare} in the personal store of this user or this machine.",
            "Compare the thumbprint with those of Cert:\\CurrentUser\\My and Cert:\\LocalMachine\\My, or pass a file.");
    }

    /// <summary>The certificates with the one to log in with first.</summary>
    /// <exception cref="ClientCertificateException">None has a private key.</exception>
    internal static X509Certificate2Collection WithKeyFirst(IEnumerable<X509Certificate2> all, string source)
    {
        var withKey = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new ClientCertificateException(
            "ClientCertificateWithoutKey",
            MailErrorKind.InvalidInput,
            $"{source} holds no certificate with a private key that this account may use.",
            "Export the certificate together with its private key, or grant this account access to the key.");
        return [withKey, .. all.Where(c => !ReferenceEquals(c, withKey))];
    }

    private static bool TryOpen(X509Store store)
    {
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return true;
        }
        catch (CryptographicException)
        {
            // No such store here, as for the machine on Unix: then there is nothing to be found in it.
            return false;
        }
    }

    private static byte[] Content(string path) => Opened(path, () => File.ReadAllBytes(path));

    private static string Text(string path) => Opened(path, () => File.ReadAllText(path));

    private static T Opened<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientCertificateException(
                "ClientCertificateNotFound",
                MailErrorKind.NotFound,
                $"The certificate file '{path}' cannot be read: {e.Message}",
                "Check the path, and that this account may read the file.",
                e);
        }
    }

    private static void Read(string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ClientCertificateException(
                "ClientCertificateInvalid",
                MailErrorKind.InvalidInput,
                $"'{path}' cannot be used as a certificate with its private key: {e.Message}",
                "Check the password and the format (PFX, or PEM with certificate and key), and that key and "
                + "certificate belong together.",
                e);
        }
    }
}
