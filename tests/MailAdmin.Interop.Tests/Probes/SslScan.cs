using System.Globalization;
using System.Net.Security;
using System.Xml.Linq;
using MailAdmin.Interop.Tools;
using MailAdmin.Probes.Tls;

namespace MailAdmin.Interop.Probes;

/// <summary>sslscan, which finds versions and cipher suites with OpenSSL and hellos of its own.</summary>
internal static class SslScan
{
    private static readonly ExternalTool Tool = new("sslscan");

    /// <summary>What a server with STARTTLS takes: each version with its suites.</summary>
    public static async Task<IReadOnlyDictionary<TlsVersion, IReadOnlySet<TlsCipherSuite>>> RunAsync(int port)
    {
        var server = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var result = await Tool.RunAsync("--starttls-smtp", "--no-heartbleed", "--no-groups", "--xml=-", server);
        var test = XDocument.Parse(result.EnsureSuccess().Output).Descendants("ssltest").Single();
        var suites = test.Elements("cipher").ToLookup(
            cipher => Version(cipher.Attribute("sslversion")!.Value),
            cipher => (TlsCipherSuite)Convert.ToInt32(cipher.Attribute("id")!.Value, 16));
        return test.Elements("protocol")
            .Where(protocol => protocol.Attribute("enabled")!.Value == "1")
            .Select(protocol => Version($"{protocol.Attribute("type")!.Value}v{protocol.Attribute("version")!.Value}"))
            .ToDictionary(version => version, version => (IReadOnlySet<TlsCipherSuite>)suites[version].ToHashSet());
    }

    private static TlsVersion Version(string name) => name.ToUpperInvariant() switch
    {
        "SSLV3" => TlsVersion.Ssl30,
        "TLSV1.0" => TlsVersion.Tls10,
        "TLSV1.1" => TlsVersion.Tls11,
        "TLSV1.2" => TlsVersion.Tls12,
        "TLSV1.3" => TlsVersion.Tls13,
        _ => throw new InvalidDataException($"sslscan names a version '{name}'."),
    };
}
