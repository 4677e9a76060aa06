using System.Net.Security;

namespace MailAdmin.Probes.Tls;

/// <summary>What a client offers in its first message.</summary>
/// <param name="Version">The one version that is offered.</param>
/// <param name="CipherSuites">The cipher suites; at least one.</param>
/// <param name="ServerName">The name for SNI; null for none, as with an IP address.</param>
internal sealed record ClientHello(
    TlsVersion Version, IReadOnlyList<TlsCipherSuite> CipherSuites, string? ServerName);
