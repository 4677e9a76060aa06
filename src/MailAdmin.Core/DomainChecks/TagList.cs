namespace MailAdmin.DomainChecks;

/// <summary>
/// The list of tags in which DKIM, DMARC, MTA-STS and TLS-RPT write their records (RFC 6376 §3.2):
/// <code>
/// tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
/// tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
/// </code>
/// Reading goes on behind a fault; what a fault means is for each standard to say.
/// </summary>
internal sealed class TagList
{
    private static readonly char[] White = [' ', '\t', '\r', '\n'];

    private TagList(IReadOnlyList<Tag> tags, IReadOnlyList<Phrase> faults) => (Tags, Faults) = (tags, faults);

    /// <summary>The tags, each name once, in their order.</summary>
    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>The parts that are none.</summary>
    public IReadOnlyList<Phrase> Faults { get; }

    /// <summary>The value of a tag; null when there is no such tag.</summary>
    public string? this[string name] => Tags.Where(tag => tag.Name == name).Select(tag => tag.Value).FirstOrDefault();

    /// <summary>The parts of a tag's value; none when there is no such tag.</summary>
    public string[] Items(string name, char separator) =>
        this[name]?.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static TagList Read(string text)
    {
        List<Tag> tags = [];
        List<Phrase> faults = [];
        var parts = text.Split(';');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim(White);
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (part.Length == 0)
            {
                if (i < parts.Length - 1)
                {
                    faults.Add(new Phrase("TagEmpty"));
                }

                continue;
            }

            var name = equals < 0 ? "" : part[..equals].TrimEnd(White);
            if (!IsName(name))
            {
                faults.Add(new Phrase("TagMalformed", part));
            }
            else if (tags.Exists(tag => tag.Name == name))
            {
                faults.Add(new Phrase("TagTwice", name));
            }
            else
            {
                tags.Add(new Tag(name, part[(equals + 1)..].TrimStart(White)));
            }
        }

        return new TagList(tags, faults);
    }

    /// <summary>True when the first tag is the version, written exactly so.</summary>
    public static bool HasVersion(string text, string version)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var first = (end < 0 ? text : text[..end]).Split('=', 2);
        return first.Length == 2 && first[0].Trim(White) is "v" or "V" && first[1].Trim(White) == version;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
