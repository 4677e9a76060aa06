using SQLitePCL;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Says in the product's words what SQLite's result codes mean.</summary>
internal static class SqliteFault
{
    private const int PrimaryCode = 0xFF;

    /// <summary>True when another connection is in the way, and the same call may succeed at once.</summary>
    public static bool IsBusy(int code) => (code & PrimaryCode) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>The failure of a call.</summary>
    /// <param name="code">The extended result code.</param>
    /// <param name="message">SQLite's own words.</param>
    /// <param name="path">The file.</param>
    public static Exception ToException(int code, string message, string path) => (code & PrimaryCode) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Busy(path),
        raw.SQLITE_FULL => new StoreException(
            StoreFault.Full,
            $"There is no room left for the store '{path}'. What it took so far is safe; this was not taken.",
            "Make room on its disk, or remove old records with Clear-EmailHistory."),
        raw.SQLITE_READONLY => StoreFaults.ReadOnly(path),

        // The file may be writable, and yet no journal be made beside it.
        raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_CANTOPEN => StoreFile.CanBeRead(path)
            ? StoreFaults.ReadOnly(path)
            : StoreFaults.AccessDenied(path, null),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFaults.Damaged(path, message),
        raw.SQLITE_IOERR => new StoreException(
            StoreFault.InputOutput,
            $"The system failed to read or write the store '{path}': {message}.",
            "Look for errors of the disk in the system's log, and make a copy of the file before anything else."),
        _ => new InvalidOperationException($"SQLite reports {code}: {message}."),
    };

    /// <summary>Others kept the store locked.</summary>
    public static StoreException Busy(string path) => new(
        StoreFault.Busy,
        $"The store '{path}' is kept locked by another process.",
        "Try again; if it stays so, end the program that has the file open, such as a backup or a database browser.");
}
