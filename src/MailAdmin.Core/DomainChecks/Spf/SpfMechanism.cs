using System.Net;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>One mechanism of a record (RFC 7208 §4.6.2, §5).</summary>
/// <param name="Text">The term as it stands in the record.</param>
/// <param name="Verdict">What a match means.</param>
/// <param name="Kind">Which one.</param>
internal sealed record SpfMechanism(string Text, SpfVerdict Verdict, SpfMechanismKind Kind)
{
    /// <summary>The name that it is about; null for that of the record.</summary>
    public SpfMacroString? Domain { get; init; }

    /// <summary>The address of ip4 and ip6.</summary>
    public IPAddress? Network { get; init; }

    /// <summary>How many bits of an IPv4 address count.</summary>
    public int Prefix4 { get; init; } = 32;

    /// <summary>How many bits of an IPv6 address count.</summary>
    public int Prefix6 { get; init; } = 128;

    /// <summary>True when it counts against the limit of look-ups (RFC 7208 §4.6.4).</summary>
    public bool NeedsLookup => Kind is not (SpfMechanismKind.All or SpfMechanismKind.Ip4 or SpfMechanismKind.Ip6);

    /// <summary>True when the bits that count are those of <paramref name="network"/>.</summary>
    public bool Covers(IPAddress address, IPAddress network)
    {
        if (address.AddressFamily != network.AddressFamily)
        {
            return false;
        }

        var one = address.GetAddressBytes();
        var other = network.GetAddressBytes();
        var bits = one.Length == 4 ? Prefix4 : Prefix6;
        var whole = bits / 8;
        return one.AsSpan(0, whole).SequenceEqual(other.AsSpan(0, whole))
            && (bits % 8 == 0 || (one[whole] ^ other[whole]) >> (8 - (bits % 8)) == 0);
    }
}
