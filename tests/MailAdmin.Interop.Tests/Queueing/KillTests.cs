using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Server;
using MailAdmin.Storage;
using Xunit.Abstractions;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>
/// Processes that queue and processes that send are killed with SIGKILL at random: 2,000 messages and 20 kills, or ten
/// times as much with MAILADMIN_KILL_TEST=full; with off it does not run.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Producers = 5;
    private const int Distributors = 3;

    [SkippableFact]
    public async Task Whatever_is_killed_when_every_acknowledged_message_arrives()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Which process has which connection is read from /proc.");
        var size = Environment.GetEnvironmentVariable("MAILADMIN_KILL_TEST") is { Length: > 0 } asked ? asked : "short";
        Skip.If(size == "off", "MAILADMIN_KILL_TEST is off.");
        Assert.True(size is "short" or "full", "MAILADMIN_KILL_TEST is short (the default), full or off.");
        var (messages, kills) = size == "full" ? (20_000, 200) : (2_000, 20);
        var folder = Directory.CreateTempSubdirectory("kill-");
        try
        {
            await RunAsync(Path.Combine(folder.FullName, "mail.db"), messages, kills);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(string path, int messages, int kills)
    {
        var log = new ArrivalLog();
        await using var server = await SmtpTestServer.StartAsync(new() { Policy = log, MaxMessagesKept = 0 });
        server.MessageReceived += log.Add;
        var acknowledged = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var random = new Random(20261125);
        var watch = Stopwatch.StartNew();
        var workers = new KillableWorker?[Producers + Distributors];
        var lives = 0;
        var done = 0;
        var cut = new List<(int Port, int Generation)>();
        try
        {
            while (done < kills || acknowledged.Count < messages)
            {
                for (var slot = 0; slot < workers.Length; slot++)
                {
                    var isWanted = slot >= Producers || acknowledged.Count < messages;
                    if (isWanted && workers[slot] is not { IsRunning: true })
                    {
                        // What it said last is still to be read: those messages count as acknowledged as well.
                        await (workers[slot]?.WaitAsync() ?? Task.CompletedTask);
                        workers[slot]?.Dispose();
                        workers[slot] = Start(slot);
                    }
                }

                Assert.True(
                    watch.Elapsed < TimeSpan.FromMinutes(15),
                    $"After 15 minutes: {done} kills, {acknowledged.Count} queued.");
                await Task.Delay(random.Next(100, 900));
                var victim = random.Next(workers.Length);
                if (done < kills && workers[victim] is { IsRunning: true } worker)
                {
                    worker.Freeze();
                    cut.AddRange(log.Open(worker.LocalPorts(server.Port)));
                    await worker.KillAsync();
                    done++;
                }
            }

            foreach (var producer in workers.Take(Producers))
            {
                await (producer?.WaitAsync() ?? Task.CompletedTask);
            }

            await DrainAsync(path, watch);
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker?.Dispose();
            }
        }

        var inFlight = log.InFlight(cut, new DistributorOptions().PerConnection);
        var lost = acknowledged.Keys.Where(subject => !log.Arrived.ContainsKey(subject)).ToArray();
        var duplicates = log.Arrived.Values.Sum(ids => ids.Count - 1);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{acknowledged.Count} acknowledged, {log.Arrived.Count} arrived, {lost.Length} lost, {done} kills, "
            + $"{lives} processes, {duplicates} duplicates, {inFlight} in flight at the kills, "
            + $"{watch.Elapsed.TotalSeconds:F0} s"));
        Assert.Empty(lost);
        Assert.InRange(duplicates, 0, inFlight);
        Assert.All(log.Arrived, pair =>
        {
            Assert.Single(pair.Value.Distinct());
            Assert.True(!acknowledged.TryGetValue(pair.Key, out var id) || pair.Value.First() == id);
        });

        KillableWorker Start(int slot)
        {
            var life = ++lives;
            return slot >= Producers
                ? KillableWorker.Start(["distribute", path], _ => { })
                : KillableWorker.Start(
                    [
                        "enqueue",
                        path,
                        server.Port.ToString(CultureInfo.InvariantCulture),
                        $"p{slot}-{life}",
                        (messages / Producers / 4).ToString(CultureInfo.InvariantCulture),
                    ],
                    line =>
                    {
                        if (line.Split(' ') is [var subject, var id])
                        {
                            acknowledged[subject] = id;
                        }
                    });
        }
    }

    /// <summary>Waits until nothing waits or is in work: no item may be stuck.</summary>
    private static async Task DrainAsync(string path, Stopwatch watch)
    {
        await using var store = await MailStores.OpenAsync(
            new StoreLocation(path, StoreAccess.Owner), TimeProvider.System, default);
        var filter = new QueueFilter
        {
            States = [QueueItemState.Waiting, QueueItemState.Sending, QueueItemState.Held],
            First = 1,
        };
        var until = watch.Elapsed + TimeSpan.FromMinutes(3);
        while (await store.Queue.FindAsync(filter, default).AnyAsync())
        {
            Assert.True(watch.Elapsed < until, "Items are stuck.");
            await Task.Delay(200);
        }

        filter = filter with { States = [QueueItemState.Failed, QueueItemState.Expired, QueueItemState.PartlySent] };
        Assert.False(await store.Queue.FindAsync(filter, default).AnyAsync());
    }
}
