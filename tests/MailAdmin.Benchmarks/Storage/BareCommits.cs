using MailAdmin.Storage.Sqlite;

namespace MailAdmin.Benchmarks.Storage;

/// <summary>What the disk allows: commits of one small row with synchronous=FULL, and nothing else.</summary>
internal sealed class BareCommits : IDisposable
{
    private readonly SqliteSession _session;

    public BareCommits(string path)
    {
        File.WriteAllBytes(path, []);
        _session = SqliteSession.Open(path);
        _session.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 4000");
        _session.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x)");

        // A journal that still grows makes the file system write more than the page.
        for (var i = 0; i < 5000; i++)
        {
            Commit();
        }

        _session.Execute("PRAGMA synchronous = FULL");
    }

    public int Commit()
    {
        using var insert = _session.Prepare("INSERT INTO t (x) VALUES ('x')");
        return insert.Run();
    }

    public void Dispose() => _session.Dispose();
}
