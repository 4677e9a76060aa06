using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MailAdmin.HelpBuilder;

/// <summary>The documentation file that the compiler writes, by member, as plain text in paragraphs.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    public static XmlDocumentation Load(string path) =>
        new(XDocument.Load(path, LoadOptions.PreserveWhitespace)
            .Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal));

    public IReadOnlyList<string> Summary(MemberInfo member) => Paragraphs(Find(member)?.Element("summary"));

    public IReadOnlyList<string> Remarks(MemberInfo member) => Paragraphs(Find(member)?.Element("remarks"));

    /// <summary>Each example is a paragraph that titles it, the code, and any paragraphs that explain it.</summary>
    public IReadOnlyList<CmdletExample> Examples(MemberInfo member) =>
        Find(member)?.Elements("example").Select(ReadExample).ToList() ?? [];

    private static CmdletExample ReadExample(XElement example)
    {
        var code = example.Element("code");
        var texts = example.Elements("para").ToLookup(p => code is null || p.IsBefore(code));
        return new CmdletExample(
            string.Join(' ', texts[true].SelectMany(Paragraphs)),
            Unindent(code?.Value ?? ""),
            texts[false].SelectMany(Paragraphs).ToList());
    }

    private static List<string> Paragraphs(XElement? element)
    {
        if (element is null)
        {
            return [];
        }

        var blocks = element.Elements("para").ToList();
        return (blocks.Count == 0 ? [element] : blocks)
            .Select(block => Spaces().Replace(string.Concat(block.Nodes().Select(Inline)), " ").Trim())
            .Where(text => text.Length != 0)
            .ToList();
    }

    private static string Inline(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Value.Length != 0 ? see.Value : LastName(see),
        XElement { Name.LocalName: "paramref" } reference => (string?)reference.Attribute("name") ?? "",
        XElement element => string.Concat(element.Nodes().Select(Inline)),
        _ => "",
    };

    private static string LastName(XElement see)
    {
        var reference = (string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? "";
        return reference[(reference.LastIndexOfAny(['.', ':']) + 1)..];
    }

    private static string Unindent(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Trim('\n').TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Trim().Length != 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private XElement? Find(MemberInfo member) => _members.GetValueOrDefault(member switch
    {
        Type type => $"T:{type.FullName}",
        _ => $"P:{member.DeclaringType!.FullName}.{member.Name}",
    });
}
