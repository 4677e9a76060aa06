using System.Net;

namespace MailAdmin.Net;

/// <summary>The order in which addresses are tried (RFC 8305 §4).</summary>
internal static class AddressOrder
{
    /// <summary>
    /// Alternates the families, beginning with the one that the resolver put first, so that a broken one costs one
    /// stagger. Within a family the resolver's order (RFC 6724) stays.
    /// </summary>
    public static IReadOnlyList<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            return [];
        }

        var families = addresses.ToLookup(a => a.AddressFamily == addresses[0].AddressFamily);
        var first = families[true].ToArray();
        var second = families[false].ToArray();
        var ordered = new List<IPAddress>(addresses.Count);
        for (var i = 0; i < Math.Max(first.Length, second.Length); i++)
        {
            ordered.AddRange(first.Skip(i).Take(1));
            ordered.AddRange(second.Skip(i).Take(1));
        }

        return ordered;
    }
}
