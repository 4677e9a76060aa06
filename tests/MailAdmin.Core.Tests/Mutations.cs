using System.Text;

namespace MailAdmin.Tests;

/// <summary>
/// Inputs that are nearly valid: cut, doubled, overwritten and spliced pieces of real ones; the same in each run.
/// </summary>
internal static class Mutations
{
    private static readonly byte[] Awkward = "\r\n\t \"\\<>()[]@,;:=?_%*'.-\0\x7F"u8.ToArray();

    public static IEnumerable<byte[]> Of(IReadOnlyList<byte[]> originals, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var octets = originals[random.Next(originals.Count)].ToList();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                Change(octets, originals, random);
            }

            yield return octets.ToArray();
        }
    }

    public static IEnumerable<string> OfText(IReadOnlyList<string> originals, int count, int seed) =>
        Of([.. originals.Select(Encoding.UTF8.GetBytes)], count, seed).Select(Encoding.UTF8.GetString);

    private static void Change(List<byte> octets, IReadOnlyList<byte[]> originals, Random random)
    {
        var place = random.Next(octets.Count + 1);
        var length = random.Next(Math.Min(octets.Count - place, 12) + 1);
        switch (random.Next(5))
        {
            case 0:
                octets.RemoveRange(place, length);
                break;
            case 1:
                octets.InsertRange(place, octets.GetRange(place, length));
                break;
            case 2:
                octets.Insert(place, Awkward[random.Next(Awkward.Length)]);
                break;
            case 3:
                octets.Insert(place, (byte)random.Next(256));
                break;
            default:
                var other = originals[random.Next(originals.Count)];
                octets.InsertRange(place, other.Skip(random.Next(other.Length + 1)).Take(random.Next(40)));
                break;
        }
    }
}
