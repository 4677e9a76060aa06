using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>
/// Says in words what is wrong with a certificate, from what the platform's chain building found (RFC 5280 §6) and the
/// comparison of names (RFC 6125).
/// </summary>
internal static class CertificateJudge
{
    private const X509ChainStatusFlags Trust = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    private const X509ChainStatusFlags Unknown =
        X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    private const X509ChainStatusFlags Explained =
        Trust | Unknown | X509ChainStatusFlags.Revoked | X509ChainStatusFlags.NotTimeValid;

    /// <summary>Everything that is wrong, the weightiest first; empty when all is well.</summary>
    public static IReadOnlyList<CertificateFault> FindFaults(
        string host, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return
            [
                new(
                    CertificateFaultIds.Missing,
                    "the server sent none",
                    "Have the server's administrator install one."),
            ];
        }

        var faults = new List<CertificateFault>();
        var elements = chain?.ChainElements.ToArray() ?? [];
        var all = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (sum, s) => sum | s.Status);
        foreach (var element in elements)
        {
            AddRevoked(faults, element);
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            faults.Add(NameMismatch(host, certificate));
        }

        foreach (var element in elements.Select(e => e.Certificate).DefaultIfEmpty(certificate))
        {
            AddTimeFault(faults, element, now);
        }

        if ((all & Trust) != 0)
        {
            faults.Add(TrustFault(certificate, elements));
        }

        AddOthers(faults, chain?.ChainStatus ?? []);
        var isRevoked = (all & X509ChainStatusFlags.Revoked) != 0;
        if ((all & Unknown) != 0 && !isRevoked)
        {
            faults.Add(new(
                CertificateFaultIds.RevocationUnknown,
                "nobody could say whether it was revoked",
                "Allow the connection to the revocation lists that the certificate names, or accept the risk."));
        }

        if (faults.Count == 0 && errors != SslPolicyErrors.None)
        {
            faults.Add(new(
                CertificateFaultIds.Invalid,
                $"the platform refuses it ({errors})",
                "Ask the server's administrator for a valid certificate."));
        }

        return faults;
    }

    /// <summary>
    /// The names that a certificate is valid for: those of its extension, or the common name when it has none.
    /// </summary>
    public static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return extension is null
            ? [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]
            : [.. extension.EnumerateDnsNames(), .. extension.EnumerateIPAddresses().Select(a => a.ToString())];
    }

    private static void AddRevoked(List<CertificateFault> faults, X509ChainElement element)
    {
        if (element.ChainElementStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.Revoked)))
        {
            faults.Add(new(
                CertificateFaultIds.Revoked,
                $"{Describe(element.Certificate)} was revoked by its issuer, {Printable(element.Certificate.Issuer)}",
                "Do not trust this server until its administrator has installed a new certificate."));
        }
    }

    private static CertificateFault NameMismatch(string host, X509Certificate2 certificate)
    {
        const int Shown = 10;
        var names = Names(certificate);
        var list = string.Join(", ", names.Take(Shown).Select(Printable));
        var more = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        return new(
            CertificateFaultIds.NameMismatch,
            names.Count == 0
                ? $"it holds no name at all, so it is not for {host}"
                : $"it is not for {host} but for {list}{more}",
            "Use one of the names in the certificate as the server's name, or install a certificate with this name.");
    }

    private static void AddTimeFault(List<CertificateFault> faults, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now > certificate.NotAfter)
        {
            faults.Add(new(
                CertificateFaultIds.Expired,
                $"{Describe(certificate)} expired on {Day(certificate.NotAfter)}",
                "Have the certificate renewed on the server; if its date looks right, check this machine's clock."));
        }
        else if (now < certificate.NotBefore)
        {
            faults.Add(new(
                CertificateFaultIds.NotYetValid,
                $"{Describe(certificate)} is not valid before {Day(certificate.NotBefore)}",
                "Check this machine's clock; if it is right, wait or install another certificate."));
        }
    }

    private static CertificateFault TrustFault(X509Certificate2 certificate, X509ChainElement[] elements)
    {
        const string TrustRemedy =
            "Install the issuer's root certificate on this machine if you trust it, or have the server send a "
            + "certificate from a public authority, with all intermediate certificates.";
        var last = elements.Length > 0 ? elements[^1].Certificate : certificate;
        var lastIsRoot = last.SubjectName.RawData.AsSpan().SequenceEqual(last.IssuerName.RawData);
        if (lastIsRoot && elements.Length <= 1)
        {
            return new(
                CertificateFaultIds.SelfSigned,
                $"it is self-signed ({Printable(certificate.Subject)})",
                "Add it to this machine's trusted roots if it is your own server, or install a certificate from an "
                + "authority.");
        }

        return lastIsRoot
            ? new(
                CertificateFaultIds.Untrusted,
                $"it comes from the root {Printable(last.Subject)}, which this machine does not trust",
                TrustRemedy)
            : new(
                CertificateFaultIds.Untrusted,
                $"its issuer {Printable(last.Issuer)} is unknown here and the server did not send that certificate",
                TrustRemedy);
    }

    private static void AddOthers(List<CertificateFault> faults, X509ChainStatus[] statuses)
    {
        foreach (var status in statuses.Where(s => (s.Status & ~Explained) != 0).DistinctBy(s => s.Status))
        {
            faults.Add(new(
                CertificateFaultIds.Invalid,
                $"{status.StatusInformation.TrimEnd('.', ' ', '\n')} ({status.Status})",
                "Ask the server's administrator for a valid certificate."));
        }
    }

    private static string Describe(X509Certificate2 certificate) =>
        $"'{Printable(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))}'";

    private static string Day(DateTime local) =>
        local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // The peer chooses the names in its certificate.
    private static string Printable(string text) => TextTranscript.Printable(System.Text.Encoding.UTF8.GetBytes(text));
}
