using MailAdmin.Storage.Sqlite;

namespace MailAdmin.Tests.Storage.Sqlite;

/// <summary>Stands for another program that has the file open.</summary>
internal sealed class OtherProgram(string path) : IDisposable
{
    private readonly SqliteSession _session = SqliteSession.Open(path);

    public void Execute(string sql) => _session.Execute(sql);

    public void Dispose() => _session.Dispose();
}
