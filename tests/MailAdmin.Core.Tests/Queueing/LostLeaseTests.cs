using System.Reflection;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Server;
using MailAdmin.Storage;
using MailAdmin.Tests.Storage;

namespace MailAdmin.Tests.Queueing;

/// <summary>A distributor whose lease ends between the look at it and the message.</summary>
public sealed class LostLeaseTests
{
    [Fact]
    public async Task What_another_has_taken_in_the_meantime_is_not_sent_by_the_first()
    {
        await using var server = await SmtpTestServer.StartAsync();
        var asked = 0;
        QueueRig? rigged = null;
        var gate = new FreeGate
        {
            Defer = _ =>
            {
                if (Interlocked.Increment(ref asked) == 1)
                {
                    TakeByAnother(rigged!);
                }

                return null;
            },
        };
        await using var rig = rigged = await QueueRig.OpenAsync(gate);
        await rig.AddAsync(QueueRig.To(server.Port), 1);
        rig.DistributedStore = WithoutRenewals.Of(rig.Store);

        var first = await rig.DistributeAsync(new DistributorOptions { Lease = TimeSpan.FromSeconds(1) });

        Assert.Equal((0, 0), (first.Sent, first.Failed));
        Assert.Equal(0, server.MessageCount);
        Assert.Equal("another", Assert.Single(await rig.ItemsAsync()).Owner);
    }

    [Fact]
    public async Task While_the_machine_slept_leases_have_ended()
    {
        await using var rig = await QueueRig.OpenAsync();
        var clock = new SleepingClock();
        var leases = new LeaseKeeper(rig.Store.Queue, "sleeper", TimeSpan.FromMinutes(2), clock);
        var taken = new TakenItem((await rig.AddAsync(QueueRig.To(port: 25), 1))[0], null);
        leases.Add(taken);
        Assert.True(leases.Holds(taken));

        clock.Slept = TimeSpan.FromMinutes(3);

        Assert.False(leases.Holds(taken));
    }

    // While the first, which has looked at its lease already, waits for what the limits say.
    private static void TakeByAnother(QueueRig rig)
    {
        var hasTaken = () => rig.Store.Queue.TakeAsync(owner: "another").GetAwaiter().GetResult().Count == 1;
        Assert.True(SpinWait.SpinUntil(hasTaken, TimeSpan.FromSeconds(30)));
    }

    /// <summary>A store that others keep locked whenever a lease is to be renewed.</summary>
    // Not sealed: the proxies derive from it.
    public class WithoutRenewals : DispatchProxy
    {
        private object? _inner;

        internal static IMailStore Of(IMailStore store)
        {
            var proxy = Create<IMailStore, WithoutRenewals>();
            ((WithoutRenewals)(object)proxy)._inner = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            if (method!.Name == nameof(IQueueStore.RenewAsync))
            {
                return Task.FromException<IReadOnlyList<long>>(new StoreException(StoreFault.Busy, "busy", "wait"));
            }

            var result = method.Invoke(_inner, arguments);
            if (result is not IQueueStore queue)
            {
                return result;
            }

            var proxy = Create<IQueueStore, WithoutRenewals>();
            ((WithoutRenewals)(object)proxy)._inner = queue;
            return proxy;
        }
    }

    /// <summary>The clock on the wall of a machine that sleeps; timers and intervals know nothing of it.</summary>
    private sealed class SleepingClock : TimeProvider
    {
        public TimeSpan Slept { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Slept;
    }
}
