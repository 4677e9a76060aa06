using System.Globalization;

namespace MailAdmin.Cli.Parsing;

/// <summary>A size in octets as people write it (<c>500k</c>, <c>25M</c>, 1k = 1,024) and as they read it.</summary>
internal static class ByteCount
{
    public static long Parse(string text)
    {
        var shift = char.ToLowerInvariant(text.LastOrDefault()) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) &&
            count <= long.MaxValue >> shift
            ? count << shift
            : throw CliException.Usage(
                $"'{text}' is no size.", "Write octets, or a number with k, M or G, such as 25M.");
    }

    public static string Show(long octets) => octets switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{octets:N0} octets"),
        < 10 << 20 => string.Create(CultureInfo.InvariantCulture, $"{octets / 1024d:N1} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{octets / 1048576d:N1} MiB"),
    };
}
