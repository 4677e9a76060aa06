using BenchmarkDotNet.Running;
using MailAdmin.Benchmarks.Compose;
using MailAdmin.Benchmarks.Dns;
using MailAdmin.Benchmarks.Memory;
using MailAdmin.Benchmarks.Queueing;
using MailAdmin.Benchmarks.Storage;
using MailAdmin.Benchmarks.Throttling;
using MailAdmin.Benchmarks.Wire;

const string Usage = """
    usage: dotnet run -c Release --project tests/MailAdmin.Benchmarks -- COMMAND

      wire [ROUNDS]   rate, CPU time, allocation and round trips per message against Postfix's smtp-sink,
                      interleaved with Postfix's smtp-source; 3 rounds by default
      dns [ROUNDS]    look-ups against a Knot of its own, beside dnsperf, and the check of 500 domains; 3 rounds by
                      default
      memory          growth of the process while it sends a 100 MB attachment
      store [ITEMS [FOLDER]]
                      durable enqueue, and the store with 1,000 and 1,000,000 items waiting; FOLDER says on which disk
      distribute [ROUNDS [FOLDER]]
                      a distributor that sends to smtp-sink what waits in a store, in turn with direct sending; 3 rounds
                      by default; FOLDER says on which disk the store is
      throttle [FOLDER]
                      permits of a limit that processes share, one and four of them; FOLDER says on which disk
      compose         composing, writing and signing, with BenchmarkDotNet
    """;

switch (args)
{
    case ["wire"]:
        return await WireBenchmark.RunAsync(rounds: 3);
    case ["wire", var count] when int.TryParse(count, out var rounds) && rounds > 0:
        return await WireBenchmark.RunAsync(rounds);
    case ["dns"]:
        return await DnsBenchmark.RunAsync(rounds: 3);
    case ["dns", var count] when int.TryParse(count, out var rounds) && rounds > 0:
        return await DnsBenchmark.RunAsync(rounds);
    case ["memory"]:
        return await LargeAttachmentMemory.RunAsync();
    case ["store"]:
        return await StoreBenchmark.RunAsync(many: 1_000_000, root: null);
    case ["store", var count, .. var folder] when int.TryParse(count, out var items) && items > 0 && folder.Length < 2:
        return await StoreBenchmark.RunAsync(items, folder.FirstOrDefault());
    case ["distribute"]:
        return await DistributorBenchmark.RunAsync(rounds: 3, root: null);
    case ["distribute", var count, .. var folder]
        when int.TryParse(count, out var rounds) && rounds > 0 && folder.Length < 2:
        return await DistributorBenchmark.RunAsync(rounds, folder.FirstOrDefault());
    case ["throttle", .. var folder] when folder.Length < 2:
        return await ThrottleBenchmark.RunAsync(folder.FirstOrDefault());
    case ["throttle-process", var path, var count, var length]
        when int.TryParse(count, out var atOnce) && int.TryParse(length, out var seconds):
        return await ThrottleAsker.RunAsync(path, atOnce, seconds);
    case ["compose", .. var rest]:
        BenchmarkSwitcher.FromTypes([typeof(ComposeBenchmarks)]).Run(rest is [] ? ["--filter", "*"] : rest);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 64;
}
