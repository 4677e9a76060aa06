namespace MailAdmin.Benchmarks.Wire;

/// <summary>Where Postfix keeps its test programs.</summary>
internal static class PostfixTools
{
    private static readonly string[] Folders =
        ["/usr/sbin", "/usr/local/sbin", "/usr/lib/postfix/sbin", "/opt/homebrew/sbin"];

    public static string Find(string program) =>
        Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{program} is not installed; Debian's package postfix brings it.");
}
