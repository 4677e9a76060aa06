using System.Net.Security;

namespace MailAdmin.Probes.Tls;

/// <summary>The cipher suites that are asked for, and what they are worth.</summary>
internal static class CipherSuites
{
    // Keys that clients and servers share beforehand, and signals that are no suites, are out of the question in mail.
    private static readonly string[] NotForMail = ["_PSK_", "_SRP_", "_KRB5_", "NULL_WITH_NULL", "_SCSV", "ECCPWD"];

    private static readonly string[] BrokenParts =
        ["_NULL_", "_EXPORT_", "_anon_", "_RC4_", "_RC2_", "_DES_", "_DES40_", "_3DES_", "_IDEA_"];

    private static readonly string[] StrongKeys = ["TLS_ECDHE_", "TLS_DHE_"];
    private static readonly string[] StrongModes = ["_GCM_", "_CCM", "_CHACHA20_"];

    /// <summary>All suites that a hello of this version may hold.</summary>
    public static IReadOnlyList<TlsCipherSuite> For(TlsVersion version) =>
        [.. Enum.GetValues<TlsCipherSuite>()
            .Where(suite => IsNew(suite) == (version == TlsVersion.Tls13))
            .Where(suite => !NotForMail.Any(part => Name(suite).Contains(part, StringComparison.Ordinal)))];

    public static TlsCipher Judge(TlsCipherSuite suite)
    {
        var name = Name(suite);
        var strength =
            BrokenParts.Any(part => name.Contains(part, StringComparison.Ordinal)) ? TlsCipherStrength.Broken
            : IsNew(suite) ||
                (StrongKeys.Any(key => name.StartsWith(key, StringComparison.Ordinal)) &&
                StrongModes.Any(mode => name.Contains(mode, StringComparison.Ordinal))) ? TlsCipherStrength.Strong
            : TlsCipherStrength.Weak;
        return new TlsCipher(suite, strength);
    }

    // Those of TLS 1.3 have a range of their own (RFC 8446 appendix B.4).
    private static bool IsNew(TlsCipherSuite suite) => (int)suite >> 8 == 0x13;

    private static string Name(TlsCipherSuite suite) => suite.ToString();
}
