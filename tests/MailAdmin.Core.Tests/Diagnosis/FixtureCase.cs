using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

/// <summary>A pasted text and the verdict that the facts demand; Fixtures/README.md describes the form.</summary>
internal sealed record FixtureCase(
    string Source, string Id, bool IsTransient, RetryAdvice Retry, IReadOnlyList<string> Methods, string Text)
{
    public static string Folder { get; } =
        Path.Combine(SourceTree.Root.FullName, "tests", "MailAdmin.Core.Tests", "Diagnosis", "Fixtures");

    public static IReadOnlyList<FixtureCase> All { get; } =
        [.. Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    /// <summary>True when it is a reply as it comes off the wire.</summary>
    public bool IsReply => Text.Length > 4 && Text[..3].All(char.IsAsciiDigit) && Text[3] is ' ' or '-';

    private static IEnumerable<FixtureCase> Read(string path)
    {
        var blocks = ("\n" + File.ReadAllText(path)).Split("\n= ", StringSplitOptions.RemoveEmptyEntries);
        foreach (var (index, block) in blocks.Index())
        {
            var (head, text) = (
                block[..block.IndexOf('\n')].Split(' '), block[(block.IndexOf('\n') + 1)..].TrimEnd('\n'));
            yield return new FixtureCase(
                $"{Path.GetFileName(path)} #{index + 1}",
                head[0],
                head[1] == "transient",
                Enum.Parse<RetryAdvice>(head[2]),
                head[3] == "any" ? [] : head[3].Split(','),
                text);
        }
    }
}
