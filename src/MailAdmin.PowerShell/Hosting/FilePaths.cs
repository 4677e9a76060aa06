using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Turns what users type as paths into full paths, from the session's location.</summary>
internal static class FilePaths
{
    /// <summary>
    /// An existing file of that very name, else what the wildcards match, else the path as it would be.
    /// </summary>
    /// <exception cref="InputException">The path is not of the file system.</exception>
    public static IReadOnlyList<string> Find(SessionState session, string path)
    {
        var literal = Full(session, path);
        if (File.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [literal];
        }

        var matches = Resolve(path, () => session.Path.GetResolvedProviderPathFromPSPath(path, out _));
        return matches.Count > 0
            ? matches
            : throw NoSuchFile($"No file matches '{path}'.");
    }

    /// <summary>The full path, whether or not there is anything.</summary>
    /// <exception cref="InputException">The path is not of the file system.</exception>
    public static string Full(SessionState session, string path)
    {
        ProviderInfo? provider = null;
        var full = Resolve(path, () => session.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _));
        return provider!.Name == "FileSystem"
            ? full
            : throw new InputException(
                "NotAFile", $"'{path}' is a path of {provider.Name}, not of a file.", "Give the path of a file.");
    }

    /// <summary>The failure for a file that is there or not, but cannot be read.</summary>
    public static InputException Unreadable(string path, Exception cause) => new(
        "FileUnreadable",
        $"The file '{path}' cannot be read: {cause.Message}",
        "Check the path and the permissions of the file.",
        MailErrorKind.NotFound,
        cause);

    private static T Resolve<T>(string path, Func<T> resolve)
    {
        try
        {
            return resolve();
        }
        catch (Exception cause) when (cause is SessionStateException or PSArgumentException)
        {
            throw NoSuchFile($"'{path}' cannot be found: {cause.Message}", cause);
        }
    }

    private static InputException NoSuchFile(string message, Exception? cause = null) =>
        new("NoSuchFile", message, "Check the path.", MailErrorKind.NotFound, cause);
}
