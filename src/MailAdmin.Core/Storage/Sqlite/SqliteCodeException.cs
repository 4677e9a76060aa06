namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// SQLite's answer to a call, before it is known what it means for the caller. Never leaves this folder.
/// </summary>
internal sealed class SqliteCodeException(int code, string message) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int Code => code;
}
