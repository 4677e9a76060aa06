using MailAdmin.Probes.Tls;

namespace MailAdmin.Cli.Output;

/// <summary>One version of TLS.</summary>
/// <param name="Name">Such as <c>TLS 1.2</c>.</param>
/// <param name="IsSupported">Null when it could not be found out.</param>
/// <param name="CipherSuites">What the server takes with it; one only where not all were asked for.</param>
/// <param name="Detail">How it refused, or why nothing is known.</param>
internal sealed record TlsVersionJson(string Name, bool? IsSupported, IReadOnlyList<string> CipherSuites, string Detail)
{
    public static TlsVersionJson Of(TlsVersionResult version) => new(
        version.Name,
        version.IsSupported,
        [.. version.CipherSuites.Select(cipher => cipher.Suite.ToString())],
        version.Detail);
}
