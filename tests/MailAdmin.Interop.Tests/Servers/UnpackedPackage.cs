using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// A server from Debian packages that are unpacked but not installed, as install-servers.sh leaves them. It runs with
/// its files laid over /usr and /etc in a mount namespace, with a private /var and its own users.
/// </summary>
internal sealed class UnpackedPackage(string program, params string[] packages)
{
    /// <summary>The user, known only within the namespace, as whom mail is delivered.</summary>
    public const string DeliveryUser = "store";

    private const int FirstUserId = 64_001;

    /// <summary>Null when the server can run here, else the reason.</summary>
    public string? Missing => Prerequisite.RootAnd(Place(packages[0]) + program);

    /// <summary>The command line that runs the server.</summary>
    /// <param name="directory">In which its private files go.</param>
    /// <param name="users">The system users that the package would have created.</param>
    /// <param name="files">Files that lie over /etc: name below it, and content.</param>
    /// <param name="arguments">For the server.</param>
    public IEnumerable<string> Command(
        TestDirectory directory,
        IReadOnlyList<string> users,
        IReadOnlyDictionary<string, string> files,
        params string[] arguments)
    {
        foreach (var place in (string[])["etc", "spool", "lib", "log", "run"])
        {
            directory.Subdirectory(Path.Combine("private", place));
        }

        WriteUsers(directory, [DeliveryUser, .. users]);
        foreach (var (name, content) in files)
        {
            directory.Subdirectory(Path.Combine("private/etc", Path.GetDirectoryName(name)!));
            directory.Write(Path.Combine("private/etc", name), content);
        }

        return
        [
            "unshare", "--mount", "--propagation", "private",
            "bash", ExternalTool.Script("Servers/in-tree.sh"), Path.Combine(directory.Path, "private"),
            .. packages.Select(Place), "--", program, .. arguments,
        ];
    }

    private static string Place(string package) => Path.Combine(
        Environment.GetEnvironmentVariable("MAILADMIN_INTEROP_CACHE") ?? "/var/cache/mailadmin-interop",
        package);

    private static void WriteUsers(TestDirectory directory, IReadOnlyList<string> users)
    {
        var home = directory.Subdirectory("private/lib/home");
        var entries = users.Select((user, index) => (user, id: FirstUserId + index)).ToList();
        directory.Write("private/etc/passwd", File.ReadAllText("/etc/passwd") + string.Concat(
            entries.Select(e => $"{e.user}:x:{e.id}:{e.id}::{home}:/usr/sbin/nologin\n")));
        directory.Write("private/etc/group", File.ReadAllText("/etc/group") + string.Concat(
            entries.Select(e => $"{e.user}:x:{e.id}:\n")));
    }
}
