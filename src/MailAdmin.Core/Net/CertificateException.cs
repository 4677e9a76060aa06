namespace MailAdmin.Net;

/// <summary>
/// The peer's certificate is not acceptable; <see cref="MailException.ErrorId"/> is that of the first fault.
/// </summary>
public sealed class CertificateException : MailException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="host">The name that the certificate had to be valid for.</param>
    /// <param name="faults">Everything that is wrong, the weightiest first; at least one.</param>
    public CertificateException(string host, IReadOnlyList<CertificateFault> faults)
        : base(
            faults[0].ErrorId,
            MailErrorKind.Tls,
            $"The certificate of {host} cannot be accepted: {string.Join("; ", faults.Select(f => f.Explanation))}.",
            faults[0].Remedy)
    {
        Faults = faults;
    }

    /// <summary>Everything that is wrong with the certificate, the weightiest first.</summary>
    public IReadOnlyList<CertificateFault> Faults { get; }
}
