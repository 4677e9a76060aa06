using System.Globalization;
using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Headers;

/// <summary>The pieces of parameters (RFC 2231 §3, §4): <c>name*0*=charset'language'%41…; name*1="…"</c>.</summary>
internal sealed class ParameterSections
{
    private const int MaxSections = 1000;

    private readonly List<Section> _sections = [];

    public void Add(string name, string content)
    {
        if (_sections.Count == MaxSections)
        {
            return;
        }

        var isExtended = name.EndsWith('*');
        var plainName = isExtended ? name[..^1] : name;
        var star = plainName.LastIndexOf('*');
        var number = -1;
        if (star > 0 &&
            int.TryParse(plainName.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            number = parsed;
            plainName = plainName[..star];
        }

        if (plainName.Length > 0)
        {
            _sections.Add(new Section(plainName.ToLowerInvariant(), number, isExtended, content));
        }
    }

    /// <summary>
    /// The whole parameters. One by RFC 2231 wins over a plain one of the same name; else the first wins.
    /// </summary>
    public Dictionary<string, string> Join()
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sections in _sections.GroupBy(s => s.Name))
        {
            var numbered = sections.Where(s => s.Number >= 0)
                .DistinctBy(s => s.Number)
                .OrderBy(s => s.Number)
                .ToArray();
            parameters[sections.Key] = numbered is [{ Number: 0 }, ..]
                ? Join(numbered.TakeWhile((s, i) => s.Number == i))
                : sections.FirstOrDefault(s => s is { Number: < 0, IsExtended: true }) is { } extended
                    ? Join([extended])
                    : EncodedWordDecoder.Decode(sections.First().Content);
        }

        return parameters;
    }

    private static string Join(IEnumerable<Section> sections)
    {
        Encoding? charset = null;
        var text = new StringBuilder();
        var octets = new List<byte>();
        foreach (var (section, isFirst) in sections.Select((s, i) => (s, i == 0)))
        {
            var content = section.Content.AsSpan();
            if (isFirst && section.IsExtended && content.Count('\'') >= 2)
            {
                charset = Charsets.Find(content[..content.IndexOf('\'')]);
                content = content[(content.IndexOf('\'') + 1)..];
                content = content[(content.IndexOf('\'') + 1)..];
            }

            AppendOctets(content, section.IsExtended, octets);
        }

        foreach (var c in charset?.GetString(octets.ToArray()) ?? TextOctets.Decode(octets.ToArray()))
        {
            text.Append(c is '\r' or '\n' or '\0' ? '\uFFFD' : c);
        }

        return text.ToString();
    }

    private static void AppendOctets(ReadOnlySpan<char> content, bool isExtended, List<byte> octets)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < content.Length;)
        {
            if (isExtended && content[i] == '%' && HexDigits.TryRead(content[(i + 1)..], out var octet))
            {
                octets.Add(octet);
                i += 3;
                continue;
            }

            Rune.DecodeFromUtf16(content[i..], out var rune, out var used);
            octets.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            i += used;
        }
    }

    private sealed record Section(string Name, int Number, bool IsExtended, string Content);
}
