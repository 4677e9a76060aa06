namespace MailAdmin.Probes.Tls;

/// <summary>The certificate of a server fits none of its TLSA records.</summary>
public sealed class DaneMismatchException : MailException
{
    internal DaneMismatchException(DaneResult result)
        : base(
            "DaneMismatch",
            MailErrorKind.Tls,
            $"The certificate fits none of the TLSA records of {result.Name}: {result.Detail}.",
            "Publish a TLSA record for the new certificate, best '3 1 1' with the SHA-256 of its public key, before "
            + "it is installed; until then senders that use DANE do not deliver.")
    {
    }
}
