using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Server;

/// <summary>
/// Makes a self-signed certificate for a test server: its own authority, for a client to trust as it is.
/// </summary>
internal static class ServerCertificate
{
    private const int ValidDays = 397;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static X509Certificate2 Create(string hostName, IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MailAdmin test server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names(hostName, addresses));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(ValidDays));

        // SChannel cannot use a key that lives in memory only; the way through PKCS #12 gives it one that it can.
        return new X509Certificate2(made.Export(X509ContentType.Pkcs12));
    }

    private static X509Extension Names(string hostName, IEnumerable<IPAddress> addresses)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { hostName, "localhost" }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            names.AddDnsName(name);
        }

        foreach (var address in addresses.Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback).Distinct())
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}
