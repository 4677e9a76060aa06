using System.Diagnostics;
using System.Security.Cryptography;
using MailAdmin.Storage;
using MailAdmin.Storage.Sqlite;
using static MailAdmin.Tests.Storage.QueueSamples;

namespace MailAdmin.Tests.Storage.Sqlite;

/// <summary>
/// Disks, locks and files that are not as they should be: a clear error or recovery, and nothing lost.
/// </summary>
public sealed class SqliteFaultTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly SqliteStoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_full_disk_is_said_and_takes_nothing_that_was_acknowledged()
    {
        using var disk = new SmallDisk(megabytes: 4);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1024 * 1024]);
        var path = Path.Combine(disk.Folder, "mail.db");
        var safe = new List<long>();
        await using (var store = await OpenAsync(path))
        {
            var failure = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    safe.Add((await store.Queue.AddAsync(Item(new string('x', 50_000)))).Id);
                }
            });

            Assert.Equal(StoreFault.Full, failure.Fault);
            Assert.Equal(MailErrorKind.Limit, failure.Kind);
            Assert.NotEmpty(safe);
            Assert.Equal(safe, (await store.Queue.FindAsync(new QueueFilter()).ToListAsync()).Select(i => i.Id));

            // With room again it goes on, in the same process.
            File.Delete(ballast);
            safe.Add((await store.Queue.AddAsync(Item())).Id);
        }

        await using var again = await OpenAsync(path);
        foreach (var item in await again.Queue.FindAsync(new QueueFilter()).ToListAsync())
        {
            Assert.Equal(item.Size, (await again.Queue.ReadAsync(item.Id)).Length);
            safe.Remove(item.Id);
        }

        Assert.Empty(safe);
    }

    [SkippableFact]
    public async Task A_read_only_disk_is_said()
    {
        using var disk = new SmallDisk(megabytes: 8);
        var path = Path.Combine(disk.Folder, "mail.db");
        await using (var store = await OpenAsync(path))
        {
            await store.Queue.AddAsync(Item());
        }

        disk.MakeReadOnly();

        var failure = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(path));
        Assert.Equal(StoreFault.ReadOnly, failure.Fault);
        Assert.Contains("writing", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_stays_locked_is_said_and_works_again_afterwards()
    {
        await using var store = await _folder.OpenAsync(TimeProvider.System, Short);
        using (var other = new OtherProgram(_folder.Path))
        {
            other.Execute("BEGIN EXCLUSIVE");
            var failure = await Assert.ThrowsAsync<StoreException>(() => store.Queue.AddAsync(Item()));
            Assert.Equal(StoreFault.Busy, failure.Fault);
            Assert.True(failure.IsTransient);

            // What is there can be read meanwhile.
            Assert.Empty(await store.Queue.FindAsync(new QueueFilter()).ToListAsync());
        }

        Assert.NotNull(await store.Queue.FindAsync((await store.Queue.AddAsync(Item())).Id));
    }

    [Fact]
    public async Task Waiting_for_a_lock_is_given_up_within_a_second()
    {
        await using var store = await _folder.OpenAsync(TimeProvider.System);
        using var other = new OtherProgram(_folder.Path);
        other.Execute("BEGIN EXCLUSIVE");
        using var cancel = new CancellationTokenSource();
        var adding = store.Queue.AddAsync([Item()], cancel.Token);
        await Task.Delay(50);
        Assert.False(adding.IsCompleted);

        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        other.Execute("ROLLBACK");
        Assert.Empty(await store.Queue.FindAsync(new QueueFilter()).ToListAsync());
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await MakeAsync();
        using (var newer = new OtherProgram(_folder.Path))
        {
            newer.Execute("PRAGMA user_version = 99");
        }

        await RefusedAsync(StoreFault.NewerVersion);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        using (File.Create(_folder.Path))
        {
        }

        using (var other = new OtherProgram(_folder.Path))
        {
            other.Execute("CREATE TABLE theirs (x)");
        }

        await RefusedAsync(StoreFault.Damaged);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await File.WriteAllBytesAsync(_folder.Path, RandomNumberGenerator.GetBytes(10_000));

        await RefusedAsync(StoreFault.Damaged);
    }

    [Fact]
    public async Task An_emptied_file_with_a_journal_is_refused_and_its_journal_is_kept()
    {
        await File.WriteAllBytesAsync(_folder.Path, []);
        await File.WriteAllBytesAsync(_folder.Path + "-wal", new byte[5000]);

        await RefusedAsync(StoreFault.Damaged);
        Assert.Equal(5000, new FileInfo(_folder.Path + "-wal").Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Broken_pages_are_said_to_be_broken(int seed)
    {
        await MakeAsync();
        var octets = await File.ReadAllBytesAsync(_folder.Path);
        new Random(seed).NextBytes(octets.AsSpan(4096));
        await File.WriteAllBytesAsync(_folder.Path, octets);

        var failure = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = await _folder.OpenAsync(TimeProvider.System, Short);
            await store.Queue.AddAsync(Item());
        });

        Assert.Equal(StoreFault.Damaged, failure.Fault);
        Assert.Contains(".recover", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_fails_takes_no_other_of_its_commit_along()
    {
        await using var store = await _folder.OpenAsync(TimeProvider.System);
        var item = await store.Queue.AddAsync(Item());
        var taken = (await store.Queue.TakeAsync()).Single();
        using var other = new OtherProgram(_folder.Path);

        // While the lock is held, what follows gathers for one commit.
        other.Execute("BEGIN EXCLUSIVE");
        var first = store.Queue.AddAsync(Item());
        var bad = store.Queue.RecordAsync(Attempt(taken, QueueItemState.Held));
        var last = store.Queue.AddAsync(Item());
        await Task.Delay(50);
        other.Execute("ROLLBACK");

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(
            [item.Id, (await first).Id, (await last).Id],
            (await store.Queue.FindAsync(new QueueFilter()).ToListAsync()).Select(i => i.Id));
    }

    [SkippableFact]
    public async Task All_files_are_for_the_owner_only()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes of files; the user's folder is the user's there.");
        await using var store = await _folder.OpenAsync(TimeProvider.System);
        await store.Queue.AddAsync(Item());

        var files = Directory.GetFiles(Path.GetDirectoryName(_folder.Path)!);
        Assert.Equal(3, files.Length);
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        }
    }

    [Fact]
    public async Task Those_who_make_a_store_at_the_same_time_make_one()
    {
        const int rounds = 30;
        for (var round = 0; round < rounds; round++)
        {
            using var folder = new SqliteStoreFolder();
            var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => folder.OpenAsync(TimeProvider.System)));
            await Task.WhenAll(stores.Select(store => store.Queue.AddAsync(Item())));

            Assert.Equal(6, await stores[0].Queue.FindAsync(new QueueFilter()).CountAsync());
            foreach (var store in stores)
            {
                await store.DisposeAsync();
            }
        }
    }

    private static async Task<IMailStore> OpenAsync(string path) =>
        await SqliteMailStore.OpenAsync(path, StoreAccess.Owner, TimeProvider.System, Short, CancellationToken.None);

    private async Task MakeAsync()
    {
        await using var store = await _folder.OpenAsync(TimeProvider.System);
        await store.Queue.AddAsync([.. Enumerable.Repeat(Item(), 50)], default);
    }

    private async Task RefusedAsync(StoreFault fault)
    {
        var before = await File.ReadAllBytesAsync(_folder.Path);

        var failure = await Assert.ThrowsAsync<StoreException>(() => _folder.OpenAsync(TimeProvider.System, Short));

        Assert.Equal(fault, failure.Fault);
        Assert.Equal("Store" + fault, failure.ErrorId);
        Assert.NotEmpty(failure.RecommendedAction!);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Path));
    }
}
