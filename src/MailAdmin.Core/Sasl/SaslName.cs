namespace MailAdmin.Sasl;

/// <summary>A user name within comma-separated attributes (RFC 5801 §4, RFC 5802 §5.1: <c>saslname</c>).</summary>
internal static class SaslName
{
    public static string Escape(string name) =>
        name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}
