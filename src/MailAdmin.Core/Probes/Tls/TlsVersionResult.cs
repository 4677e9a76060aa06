namespace MailAdmin.Probes.Tls;

/// <summary>Whether a server takes one version of TLS.</summary>
/// <param name="Version">Which one.</param>
/// <param name="IsSupported">Null when it could not be found out.</param>
/// <param name="CipherSuites">
/// What it takes with it, in the order in which the server chose; empty when not asked.
/// </param>
/// <param name="Detail">How the server refused, or why nothing is known.</param>
public sealed record TlsVersionResult(
    TlsVersion Version, bool? IsSupported, IReadOnlyList<TlsCipher> CipherSuites, string Detail)
{
    /// <summary>The version as people write it, such as <c>TLS 1.2</c>.</summary>
    public string Name => TlsAdvice.Name(Version);

    /// <summary>False when the server stopped answering before all cipher suites were asked for.</summary>
    public bool IsComplete { get; init; } = true;
}
