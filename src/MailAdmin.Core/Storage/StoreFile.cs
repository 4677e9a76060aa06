namespace MailAdmin.Storage;

/// <summary>
/// The file of a store on this machine: it is made so that from its first moment only who may use it can.
/// </summary>
internal static class StoreFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode GroupFile = OwnerFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Makes the file, empty, and its folder, if they are not there.</summary>
    /// <exception cref="StoreException">
    /// They cannot be made or are on a network share, or the file is empty although its journal says that it was not.
    /// </exception>
    public static void Ensure(string path, StoreAccess access)
    {
        try
        {
            NetworkShare.Refuse(path);
            EnsureFolder(Path.GetDirectoryName(path)!);
            EnsureFile(path, access);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw StoreFaults.AccessDenied(path, failure);
        }
        catch (IOException failure)
        {
            throw StoreFaults.NotMade(path, failure);
        }
    }

    /// <summary>True when this user may at least read the file.</summary>
    public static bool CanBeRead(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void EnsureFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    private static void EnsureFile(string path, StoreAccess access)
    {
        if (Directory.Exists(path))
        {
            throw StoreFaults.IsFolder(path);
        }

        if (File.Exists(path))
        {
            // SQLite would take an empty file for a new store and throw its journal away. The journal is looked at
            // first: of a store that another process makes just now, the file has content before the journal has.
            if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 } && new FileInfo(path) is { Length: 0 })
            {
                throw StoreFaults.Emptied(path);
            }

            return;
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        var mode = access == StoreAccess.Group ? GroupFile : OwnerFile;
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var stream = new FileStream(path, options);
        if (!OperatingSystem.IsWindows() && access == StoreAccess.Group)
        {
            // Whatever the umask has taken away.
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
        }
    }
}
