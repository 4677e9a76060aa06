namespace MailAdmin.Storage;

/// <summary>
/// Tells folders on shares of the network. SQLite's journal is shared memory of one machine, and the locks of most
/// network file systems do not hold: a store there breaks sooner or later.
/// </summary>
internal static class NetworkShare
{
    // As /proc/self/mountinfo names them. FUSE has many; those with a network behind them are named one by one.
    private static readonly HashSet<string> FileSystems = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "coda", "ncpfs", "gfs2", "ocfs2", "lustre",
        "beegfs", "davfs", "virtiofs",
        "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs", "fuse.davfs2",
    };

    /// <summary>Refuses a path on a share.</summary>
    /// <exception cref="StoreException">It is on one.</exception>
    public static void Refuse(string path)
    {
        if (Find(path) is { } kind)
        {
            throw new StoreException(
                StoreFault.NetworkShare,
                $"The store '{path}' would be on a network share ({kind}), where locks do not hold.",
                "Name a file on a local disk in MAILADMIN_STORE; processes of one machine can share it.");
        }
    }

    /// <summary>The file system of the mount that a path is on, if it is one of the network's.</summary>
    /// <param name="path">A full path, without symbolic links.</param>
    /// <param name="mounts">The lines of <c>/proc/self/mountinfo</c>.</param>
    /// <returns>Its name; null when it is local.</returns>
    public static string? Find(string path, IEnumerable<string> mounts)
    {
        // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw
        var deepest = "";
        var kind = "";
        foreach (var line in mounts)
        {
            var fields = line.Split(' ');
            var separator = Array.IndexOf(fields, "-");
            if (separator is < 5 || separator + 1 >= fields.Length)
            {
                continue;
            }

            // The last of several mounts at the same point is the one that is seen.
            var point = Unescape(fields[4]);
            if (point.Length >= deepest.Length && IsWithin(path, point))
            {
                deepest = point;
                kind = fields[separator + 1];
            }
        }

        return FileSystems.Contains(kind) ? kind : null;
    }

    private static string? Find(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return Find(WithoutLinks(path), File.ReadLines("/proc/self/mountinfo"));
        }

        if (OperatingSystem.IsWindows() && path.StartsWith(@"\\", StringComparison.Ordinal) && IsUnc(path))
        {
            return "UNC path";
        }

        return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : Existing(path)) is
        { DriveType: DriveType.Network } drive
            ? drive.DriveFormat
            : null;
    }

    // \\server\share and \\?\UNC\server\share; \\?\C:\ is a local disk.
    private static bool IsUnc(string path) =>
        !(path.StartsWith(@"\\?\", StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal)) ||
        path.AsSpan(4).StartsWith(@"UNC\", StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(string path, string point) =>
        path.StartsWith(point, StringComparison.Ordinal) &&
        (point.EndsWith('/') || path.Length == point.Length || path[point.Length] == '/');

    // Space, tab, line feed and backslash are written in octal.
    private static string Unescape(string field) => field
        .Replace(@"\040", " ", StringComparison.Ordinal)
        .Replace(@"\011", "\t", StringComparison.Ordinal)
        .Replace(@"\012", "\n", StringComparison.Ordinal)
        .Replace(@"\134", @"\", StringComparison.Ordinal);

    private static string WithoutLinks(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = info.Exists ? info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next : next;
        }

        return real;
    }

    private static string Existing(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? "/";
    }
}
