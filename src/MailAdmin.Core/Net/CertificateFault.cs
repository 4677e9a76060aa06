namespace MailAdmin.Net;

/// <summary>One thing that is wrong with a certificate.</summary>
/// <param name="ErrorId">
/// <c>CertificateMissing</c>, <c>CertificateRevoked</c>, <c>CertificateNameMismatch</c>, <c>CertificateExpired</c>,
/// <c>CertificateNotYetValid</c>, <c>CertificateSelfSigned</c>, <c>CertificateUntrusted</c>,
/// <c>CertificateRevocationUnknown</c> or <c>CertificateInvalid</c>.
/// </param>
/// <param name="Explanation">What is wrong, with names and dates, as the end of a sentence.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record CertificateFault(string ErrorId, string Explanation, string Remedy)
{
    /// <summary>True when the connection may go on with a warning: nobody could say whether it was revoked.</summary>
    public bool IsOnlyWarning => ErrorId == CertificateFaultIds.RevocationUnknown;
}
