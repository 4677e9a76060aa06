namespace MailAdmin.Tests;

/// <summary>The checked-out sources, for tests about the tree itself.</summary>
internal static class SourceTree
{
    public static DirectoryInfo Root { get; } = FindRoot();

    public static IEnumerable<FileInfo> CSharpFiles(string folder) =>
        new DirectoryInfo(Path.Combine(Root.FullName, folder))
            .EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !IsGenerated(file));

    private static bool IsGenerated(FileInfo file)
    {
        var parts = Path.GetRelativePath(Root.FullName, file.FullName).Split(Path.DirectorySeparatorChar);
        return parts.Contains("obj") || parts.Contains("bin");
    }

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MailAdmin.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("These tests run from a build inside the source tree.");
    }
}
