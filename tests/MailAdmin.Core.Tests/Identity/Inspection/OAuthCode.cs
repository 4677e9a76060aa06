namespace MailAdmin.Tests.Identity.Inspection;

/// <summary>A line of the fixture <c>oauth-codes.txt</c>: what is answered to which argument.</summary>
public sealed record OAuthCode(string Reply, string FirstReply, string What, string Argument)
{
    /// <summary>When the answers hold.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The account that they hold for.</summary>
    public const string User = "a@contoso.com";

    /// <summary>True when the login succeeds.</summary>
    public bool IsGood => Reply.StartsWith("235", StringComparison.Ordinal);

    public static IReadOnlyList<OAuthCode> All { get; } =
    [
        .. File.ReadLines(Path.Combine(
                SourceTree.Root.FullName, "tests/MailAdmin.Core.Tests/Identity/Inspection/oauth-codes.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" | "))
            .Select(parts => new OAuthCode(parts[0], parts[1], parts[2], parts[3])),
    ];

    public override string ToString() => $"{Reply}: {What}";
}
