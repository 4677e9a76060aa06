namespace MailAdmin.Tests.Smtp;

/// <summary>An endless, repeatable row of damaged copies of real input.</summary>
internal sealed class Mutations(byte[][] seeds, int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var octets = seeds[_random.Next(seeds.Length)].ToList();
        for (var changes = _random.Next(4); changes > 0; changes--)
        {
            var at = _random.Next(octets.Count + 1);
            switch (_random.Next(5))
            {
                case 0:
                    octets.Insert(at, (byte)_random.Next(256));
                    break;
                case 1 when at < octets.Count:
                    octets.RemoveAt(at);
                    break;
                case 2 when at < octets.Count:
                    octets[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 3:
                    octets.RemoveRange(at, octets.Count - at);
                    break;
                default:
                    var other = seeds[_random.Next(seeds.Length)];
                    octets.InsertRange(at, other.Take(_random.Next(other.Length)));
                    break;
            }
        }

        return [.. octets];
    }
}
