using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Interop.Certificates;

/// <summary>A certificate with its private key, in memory and in the files that servers and clients read.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="ChainPath">PEM: private key, then certificate.</param>
/// <param name="CertificatePath">PEM: the certificate alone.</param>
/// <param name="KeyPath">PEM: the private key alone.</param>
public sealed record CertificateFile(
    X509Certificate2 Certificate,
    string ChainPath,
    string CertificatePath,
    string KeyPath);
