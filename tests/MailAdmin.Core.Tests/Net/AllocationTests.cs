using System.Diagnostics;
using System.Reflection;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

/// <summary>Alone in the process while it runs, as it counts what everybody allocates.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private static readonly TimeSpan Patience = LoopbackPair.Patience;

    [SkippableFact]
    public async Task Reads_and_writes_without_allocation_once_it_is_warm()
    {
        Skip.If(
            typeof(Connection).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true,
            "a debug build makes a class of every state machine");
        const int Warm = 3000;
        const int Counted = 2000;
        await using var pair = await LoopbackPair.OpenAsync();
        using var cancel = new CancellationTokenSource();
        var echo = EchoAsync(pair.Server, Warm + Counted, cancel.Token);
        await RoundTripsAsync(pair.Client, Warm, cancel.Token);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RoundTripsAsync(pair.Client, Counted, cancel.Token);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / Counted;
        await echo;

        // One linked token source for each operation would be over 200 octets, four times in a round trip.
        Assert.InRange(each, 0, 100);
    }

    private static async Task EchoAsync(Connection connection, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            connection.Write((await connection.ReadLineAsync(512, Patience, cancellationToken)).Span);
            connection.Write("\r\n"u8);
            await connection.FlushAsync(Patience, cancellationToken);
        }
    }

    private static async Task RoundTripsAsync(Connection connection, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            connection.Write("NOOP\r\n"u8);
            await connection.FlushAsync(Patience, cancellationToken);
            await connection.ReadLineAsync(512, Patience, cancellationToken);
        }
    }
}
