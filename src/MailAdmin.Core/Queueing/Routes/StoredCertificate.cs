namespace MailAdmin.Queueing.Routes;

/// <summary>A client certificate, as it is stored.</summary>
/// <param name="Thumbprint">Where it is in the personal store; null when it is in <paramref name="Pfx"/>.</param>
/// <param name="Pfx">
/// The certificate with its key and chain, protected; null when the system does not give the key out.
/// </param>
internal sealed record StoredCertificate(string? Thumbprint, byte[]? Pfx);
