using System.Globalization;

namespace MailAdmin.Dns.Records;

/// <summary>One resource record of class IN (RFC 1035 §3.2.1).</summary>
/// <param name="Name">The name that owns the record.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimeToLive">How long it may be kept, counted from when the server sent it.</param>
public abstract record DnsRecord(DnsName Name, DnsRecordType Type, TimeSpan TimeToLive)
{
    /// <summary>The data as it stands in a zone file (RFC 1035 §5.1), as <c>dig</c> shows it.</summary>
    public abstract string Data { get; }

    /// <summary>The whole line of a zone file.</summary>
    public sealed override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Absolute(Name)} {(long)TimeToLive.TotalSeconds} IN {TypeName(Type)} {Data}");

    /// <summary>The name of a type, <c>TYPE123</c> for one without (RFC 3597 §5).</summary>
    internal static string TypeName(DnsRecordType type) =>
        Enum.IsDefined(type) ? type.ToString() : string.Create(CultureInfo.InvariantCulture, $"TYPE{(int)type}");

    /// <summary>The name with the dot at its end that zone files need.</summary>
    private protected static string Absolute(DnsName name) => name.IsRoot ? "." : $"{name}.";

    private protected static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
