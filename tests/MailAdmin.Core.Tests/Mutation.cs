namespace MailAdmin.Tests;

/// <summary>Damages real input: flips, inserts, removes, doubles and cuts, with a liking for what parsers stumble over.</summary>
internal static class Mutation
{
    private static readonly byte[] Nasty = [0, (byte)'\r', (byte)'\n', (byte)' ', (byte)'-', (byte)'.', (byte)'=', 0x16, 0x80, 0xFF];

    public static byte[] Of(ReadOnlySpan<byte> original, Random random)
    {
        var octets = new List<byte>(original.Length + 16);
        octets.AddRange(original);
        var count = random.Next(1, 6);
        for (var i = 0; i < count && octets.Count > 1; i++)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(6))
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets[at] = Nasty[random.Next(Nasty.Length)];
                    break;
                case 2:
                    octets.Insert(at, Nasty[random.Next(Nasty.Length)]);
                    break;
                case 3:
                    octets.RemoveRange(at, random.Next(1, Math.Min(16, octets.Count - at) + 1));
                    break;
                case 4:
                    octets.InsertRange(at, octets.GetRange(at, Math.Min(random.Next(1, 40), octets.Count - at)));
                    break;
                default:
                    octets.RemoveRange(at, octets.Count - at);
                    break;
            }
        }

        return [.. octets];
    }
}
