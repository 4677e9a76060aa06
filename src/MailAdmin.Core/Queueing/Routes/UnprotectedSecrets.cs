using MailAdmin.Identity.Secrets;

namespace MailAdmin.Queueing.Routes;

/// <summary>Leaves secrets as they are: for comparing routes in memory, never for keeping them.</summary>
internal sealed class UnprotectedSecrets : ISecretProtector
{
    /// <inheritdoc/>
    public byte[] Protect(ReadOnlySpan<byte> secret) => secret.ToArray();

    /// <inheritdoc/>
    public byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, SecretLabel label) => protectedSecret.ToArray();
}
