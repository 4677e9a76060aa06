namespace MailAdmin.Storage;

/// <summary>The failures that concern any store's file.</summary>
internal static class StoreFaults
{
    /// <summary>The system lets this user not use it.</summary>
    public static StoreException AccessDenied(string path, Exception? cause) => new(
        StoreFault.AccessDenied,
        $"This user may not use the store '{path}', or its folder is not there.",
        "Have an administrator add you to the store's group, or name another file in MAILADMIN_STORE.",
        cause);

    /// <summary>It can be read only.</summary>
    public static StoreException ReadOnly(string path) => new(
        StoreFault.ReadOnly,
        $"The store '{path}' can be read, not written.",
        "Make the file and its folder writable, or mount its disk for writing.");

    /// <summary>It cannot be made.</summary>
    public static StoreException NotMade(string path, IOException cause) => new(
        StoreFault.InputOutput,
        $"The store '{path}' cannot be made: {cause.Message}",
        "Check the folder and the disk, or name another file in MAILADMIN_STORE.",
        cause);

    /// <summary>A folder was named.</summary>
    public static StoreException IsFolder(string path) => new(
        StoreFault.NotFound,
        $"'{path}' is a folder; the store is a file.",
        $"Name a file in it in MAILADMIN_STORE, such as '{Path.Combine(path, "mail.db")}'.");

    /// <summary>The file is empty although its journal is not.</summary>
    public static StoreException Emptied(string path) => Damaged(path, "the file is empty, yet its journal is not");

    /// <summary>It is no store, or a broken one.</summary>
    public static StoreException Damaged(string path, string reason) => new(
        StoreFault.Damaged,
        $"The file '{path}' is damaged or no store of MailAdmin ({reason}). It was left as it is.",
        $"Copy it with its -wal file, then save what is in it with: sqlite3 '{path}' .recover. " +
            "Move it away to start with an empty store.");
}
