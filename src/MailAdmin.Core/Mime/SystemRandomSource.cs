using System.Security.Cryptography;

namespace MailAdmin.Mime;

/// <summary>The operating system's randomness.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <summary>The one instance; it has no state.</summary>
    public static SystemRandomSource Instance { get; } = new();

    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
