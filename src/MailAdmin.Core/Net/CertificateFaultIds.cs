namespace MailAdmin.Net;

/// <summary>The error ids of certificate faults; they are listed at <see cref="CertificateFault"/>.</summary>
internal static class CertificateFaultIds
{
    public const string Missing = "CertificateMissing";
    public const string Revoked = "CertificateRevoked";
    public const string NameMismatch = "CertificateNameMismatch";
    public const string Expired = "CertificateExpired";
    public const string NotYetValid = "CertificateNotYetValid";
    public const string SelfSigned = "CertificateSelfSigned";
    public const string Untrusted = "CertificateUntrusted";
    public const string Invalid = "CertificateInvalid";
    public const string RevocationUnknown = "CertificateRevocationUnknown";
}
