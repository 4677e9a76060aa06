using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Server.Personalities;

/// <summary>What the real services are known to say: the fixture <c>public-replies.txt</c>.</summary>
internal static partial class PublicReplies
{
    private static readonly Dictionary<string, string> Known = Load();

    public static string Get(string name) => Known[name];

    /// <summary>Asserts that a reply is the known one of that case, but for its mark in square brackets.</summary>
    public static void AssertIs(string name, string? reply)
    {
        Assert.NotNull(reply);
        Assert.Equal(WithoutMark(Known[name]), WithoutMark(reply));
    }

    private static string WithoutMark(string reply) => Mark().Replace(reply, "");

    private static Dictionary<string, string> Load() => File
        .ReadLines(Path.Combine(
            SourceTree.Root.FullName, "tests/MailAdmin.Core.Tests/Server/Personalities/public-replies.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(" | ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    [GeneratedRegex(@" \[(?:Hostname=)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?: \S+Z [0-9A-F]{16})?\]$")]
    private static partial Regex Mark();
}
