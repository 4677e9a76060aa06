using System.Diagnostics;
using MailAdmin.Storage;

namespace MailAdmin.Benchmarks.Storage;

/// <summary>
/// Rates of the store with few and with many items, measured in turns, so that both meet the same disk in the same
/// minute.
/// </summary>
internal static class StoreBenchmark
{
    private const int Few = 1000;
    private const int Rounds = 15;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    /// <summary>Measures.</summary>
    /// <param name="many">How many items the large store has; a multiple of 1,000.</param>
    /// <param name="root">On which disk; null for that of temporary files.</param>
    public static async Task<int> RunAsync(int many, string? root)
    {
        var folder = Directory.CreateDirectory(
            Path.Combine(root ?? Path.GetTempPath(), $"mailadmin-bench-{Environment.ProcessId}"));
        try
        {
            await EnqueueAsync(folder.FullName);
            await CompareAsync(folder.FullName, many);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task EnqueueAsync(string folder)
    {
        await using var store = await OpenAsync(Path.Combine(folder, "enqueue.db"));
        using var disk = new BareCommits(Path.Combine(folder, "bare.db"));
        // By themselves: a commit waits for the writing that larger works leave behind.
        var single = await InTurnsAsync(
            folder, [() => Task.FromResult(disk.Commit()), () => StoreWork.AddAsync(store, 1)]);
        Print("durable enqueue, 1.2 KB", "of bare commits", ["bare FULL commits of SQLite", "one by one"], single);
        var groups = await InTurnsAsync(
            folder,
            [
                () => StoreWork.AddAsync(store, 1),
                () => StoreWork.AddAsync(store, 128),
                () => StoreWork.AddAtOnceAsync(store, 32),
            ]);
        Print(
            "durable enqueue, 1.2 KB",
            "of one by one",
            ["one by one", "one pipeline, batches of 128", "32 at a time, one by one"],
            groups);
    }

    private static void Print(string work, string ratio, string[] names, List<double>[] rates)
    {
        Console.WriteLine($"| {work} | messages/s | {ratio} |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var (name, own) in names.Zip(rates))
        {
            Console.WriteLine($"| {name} | {Median(own):N0} | {Ratio(own, rates[0]):F2} |");
        }

        Console.WriteLine();
    }

    private static async Task CompareAsync(string folder, int many)
    {
        await using var small = await OpenAsync(Path.Combine(folder, "small.db"));
        await using var large = await OpenAsync(Path.Combine(folder, "large.db"));
        await StoreWork.FillAsync(small, Few);
        var watch = Stopwatch.StartNew();
        await StoreWork.FillAsync(large, many);
        Console.WriteLine($"""
            {many:N0} items and attempts were added in {watch.Elapsed.TotalSeconds:F0} s; nine tenths wait for one
            destination, which is down.
            """);
        Console.WriteLine();
        Console.WriteLine($"| operations/s | with {Few:N0} | with {many:N0} | ratio |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var (name, step) in StoreWork.All)
        {
            var rates = await InTurnsAsync(folder, [() => step(small), () => step(large)]);
            Console.WriteLine(
                $"| {name} | {Median(rates[0]):N0} | {Median(rates[1]):N0} | {Ratio(rates[1], rates[0]):F2} |");
        }
    }

    /// <summary>The rates of several works that take turns, by round.</summary>
    private static async Task<List<double>[]> InTurnsAsync(string folder, Func<Task<int>>[] works)
    {
        var rates = works.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                Settle(folder);
                var rate = await RateAsync(works[i]);

                // The first round warms up.
                if (round > 0)
                {
                    rates[i].Add(rate);
                }
            }
        }

        return rates;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>The median of the ratios of each round, whose two works met the same minute.</summary>
    private static double Ratio(List<double> rates, List<double> others) =>
        Median(rates.Zip(others, (rate, other) => rate / other));

    /// <summary>
    /// Has the disk done with what came before: a commit waits for the writing that another work left behind.
    /// </summary>
    private static void Settle(string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            using var handle = File.OpenHandle(
                file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
    }

    private static async Task<double> RateAsync(Func<Task<int>> work)
    {
        var watch = Stopwatch.StartNew();
        long done = 0;
        while (watch.Elapsed < Slice)
        {
            done += await work();
        }

        return done / watch.Elapsed.TotalSeconds;
    }

    private static async Task<IMailStore> OpenAsync(string path)
    {
        var store = await MailStores.OpenAsync(
            new StoreLocation(path, StoreAccess.Owner), TimeProvider.System, CancellationToken.None);
        await StoreWork.SizeJournalAsync(store);
        return store;
    }
}
