using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;

namespace MailAdmin.Dns;

/// <summary>
/// A name in the DNS: labels of any octets, as they are on the wire (RFC 1035 §3.1, RFC 2181 §11). Wider than
/// <see cref="DomainName"/>: it may be the root, and a label may hold what no host name has. Compared without regard
/// to case (RFC 4343); immutable.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>
{
    internal const int MaxOctets = 255;
    internal const int MaxLabelOctets = 63;

    private readonly byte[] _wire;
    private string? _text;

    /// <summary>Takes ownership of octets that are known to be a whole name.</summary>
    internal DnsName(byte[] wire) => _wire = wire;

    /// <summary>The root of the DNS; in an MX record it means that the domain takes no mail (RFC 7505).</summary>
    public static DnsName Root { get; } = new([0]);

    /// <summary>True for the root.</summary>
    public bool IsRoot => _wire.Length == 1;

    /// <summary>The number of labels; the root has none.</summary>
    public int LabelCount
    {
        get
        {
            var count = 0;
            for (var at = 0; _wire[at] != 0; at += _wire[at] + 1)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The name without its first label; the root's parent is the root.</summary>
    public DnsName Parent => IsRoot ? this : new DnsName(_wire[(_wire[0] + 1)..]);

    /// <summary>
    /// The form that people read: <c>xn--</c> labels decoded where they can be, else as <see cref="ToString"/>.
    /// </summary>
    public string Unicode =>
        DomainName.TryParse(ToString(), out var domain, out _) && !domain.IsLiteral ? domain.Unicode : ToString();

    /// <summary>The name as on the wire without compression: length and octets of each label, then 0.</summary>
    internal ReadOnlySpan<byte> Wire => _wire;

    /// <summary>
    /// Reads a name. Unicode is converted to <c>xn--</c> labels (RFC 5891); a dot at the end may stand; <c>\.</c> and
    /// <c>\123</c> are octets of a label (RFC 1035 §5.1).
    /// </summary>
    /// <exception cref="DnsNameException">It is not one.</exception>
    public static DnsName Parse(string text) =>
        TryParse(text, out var name, out var reason) ? name : throw new DnsNameException(text, reason);

    /// <summary>Reads a name; on failure <paramref name="reason"/> says what is wrong, else it is empty.</summary>
    public static bool TryParse(string text, out DnsName name, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        name = Root;
        if (!text.All(char.IsAscii))
        {
            if (!DomainName.TryParse(text, out var domain, out reason))
            {
                return false;
            }

            text = domain.Ascii;
        }

        Span<byte> wire = stackalloc byte[MaxOctets];
        reason = DnsNameText.Read(text, wire, out var length);
        if (reason.Length == 0)
        {
            name = length == 1 ? Root : new DnsName(wire[..length].ToArray());
        }

        return reason.Length == 0;
    }

    /// <summary>The name of a mail domain.</summary>
    /// <exception cref="DnsNameException">The domain is an address literal.</exception>
    public static DnsName Of(DomainName domain) => domain.IsLiteral
        ? throw new DnsNameException(domain.Ascii, "an address literal has no records")
        : Parse(domain.Ascii);

    /// <summary>The name under which the PTR records of an address stand (RFC 1035 §3.5, RFC 3596 §2.5).</summary>
    public static DnsName Reverse(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var octets = Enumerable.Reverse(address.GetAddressBytes());
        return Parse(address.AddressFamily == AddressFamily.InterNetwork
            ? $"{string.Join('.', octets)}.in-addr.arpa"
            : $"{string.Join('.', octets.Select(octet => $"{octet & 15:x}.{octet >> 4:x}"))}.ip6.arpa");
    }

    /// <summary>The name with labels before it: <c>_dmarc</c> prepended to <c>example.com</c>.</summary>
    /// <exception cref="DnsNameException">The result is no name.</exception>
    public DnsName Prepend(string labels) => Parse(IsRoot ? labels : $"{labels}.{this}");

    /// <summary>True when this name is <paramref name="other"/> or stands below it.</summary>
    public bool IsWithin(DnsName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var at = 0; _wire.Length - at >= other._wire.Length; at += _wire[at] + 1)
        {
            if (_wire.Length - at == other._wire.Length)
            {
                return SameOctets(_wire.AsSpan(at), other._wire);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(DnsName? other) =>
        ReferenceEquals(this, other) || (other is not null && SameOctets(_wire, other._wire));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // FNV-1a over the lower-case octets; HashCode's per-octet mixing costs several times as much.
        var hash = 2166136261u;
        foreach (var octet in _wire)
        {
            hash = (hash ^ Lower(octet)) * 16777619u;
        }

        return (int)hash;
    }

    /// <summary>The name in ASCII without a dot at the end, its case as it came; <c>.</c> for the root.</summary>
    public override string ToString() => _text ??= DnsNameText.Write(_wire);

    /// <summary>Compares two names as on the wire, without regard to case.</summary>
    // Length octets are at most 63 and so never in the range of letters: the whole name can be compared at once.
    internal static bool SameOctets(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i] && Lower(one[i]) != Lower(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
}
