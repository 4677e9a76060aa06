using System.Globalization;

namespace MailAdmin.Probes.Tls;

/// <summary>Says what about versions, cipher suites and expiry an admin should know.</summary>
internal static class TlsAdvice
{
    private static readonly TimeSpan RenewalTime = TimeSpan.FromDays(14);

    public static IEnumerable<string> About(IReadOnlyList<TlsVersionResult> versions)
    {
        var supported = versions.Where(v => v.IsSupported == true).ToArray();
        var old = supported.Where(v => v.Version < TlsVersion.Tls12).Select(v => v.Version).ToArray();
        if (supported.Length > 0 && supported.All(v => v.Version < TlsVersion.Tls12))
        {
            yield return $"The newest version that the server takes is {Name(old[^1])}. Microsoft 365 and most "
                + "providers demand TLS 1.2: update the server.";
        }
        else if (old.Length > 0)
        {
            yield return $"The server still takes {string.Join(", ", old.Select(Name))} "
                + "(RFC 8996 retires all below TLS 1.2). Switch them off unless an old device needs them.";
        }

        var broken = supported
            .SelectMany(v => v.CipherSuites)
            .Where(c => c.Strength == TlsCipherStrength.Broken)
            .Select(c => c.Suite)
            .Distinct()
            .ToArray();
        if (broken.Length > 0)
        {
            yield return $"The server takes cipher suites that protect nothing: {string.Join(", ", broken)}. "
                + "Switch them off.";
        }

        foreach (var unknown in versions.Where(v => v.IsSupported is null || !v.IsComplete))
        {
            yield return $"Not all of {Name(unknown.Version)} could be found out: {unknown.Detail}";
        }
    }

    /// <summary>A warning when the certificate runs out soon; null otherwise, and when it has run out.</summary>
    public static string? AboutExpiry(DateTimeOffset expiry, DateTimeOffset now) =>
        expiry >= now && expiry - now < RenewalTime
            ? string.Create(CultureInfo.InvariantCulture, $"The certificate expires on {expiry:yyyy-MM-dd}. Renew it.")
            : null;

    /// <summary>The versions that are supported, as people write them.</summary>
    public static string List(IReadOnlyList<TlsVersionResult> versions) =>
        versions.Any(v => v.IsSupported == true)
            ? string.Join(", ", versions.Where(v => v.IsSupported == true).Select(v => Name(v.Version)))
            : "none";

    public static string Name(TlsVersion version) => version switch
    {
        TlsVersion.Ssl30 => "SSL 3.0",
        TlsVersion.Tls10 => "TLS 1.0",
        TlsVersion.Tls11 => "TLS 1.1",
        TlsVersion.Tls12 => "TLS 1.2",
        _ => "TLS 1.3",
    };
}
