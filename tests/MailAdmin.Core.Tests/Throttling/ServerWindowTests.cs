using FsCheck;
using FsCheck.Fluent;
using MailAdmin.Storage;
using MailAdmin.Tests.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Throttling;

/// <summary>
/// Whenever a server counts between a reservation and its settlement, and whatever a process leaves behind: no window
/// of the server holds more than the limit.
/// </summary>
public sealed class ServerWindowTests
{
    private const string Key = "Server:mail.example.com";

    private static readonly SendLimit Limit = new(4, LimitUnit.Messages, 10);

    // Milliseconds; boundaries come up often, as a window is ten seconds long.
    private static readonly Gen<int> Moments = Gen.OneOf(
        Gen.Choose(0, 3000), Gen.Elements(0, 1, 2500, 5000, 9999, 10_000, 10_001));

    private static readonly Gen<Attempt> Attempts =
        from pause in Moments
        from counted in Moments
        from settled in Moments
        from fate in Gen.Choose(0, 9)
        select new Attempt(pause, counted, settled, IsKilled: fate == 0, IsRefused: fate == 1);

    [Fact]
    public void No_window_of_the_server_holds_more_than_the_limit() =>
        Samples.Hold(Gen.ListOf(Attempts), attempts => Assert.True(MostWithin(attempts) <= Limit.Count));

    [Fact]
    public void A_server_that_counts_at_once_is_used_to_the_full() =>
        Samples.Hold(
            Gen.Choose(0, 500),
            pause => Assert.Equal(
                Limit.Count, MostWithin([.. Enumerable.Repeat(new Attempt(pause, 0, 0, false, false), 40)])));

    private static int MostWithin(IEnumerable<Attempt> attempts)
    {
        var clock = new WallClock();
        var store = new ModelThrottleStore(clock);
        var events = new PriorityQueue<Action, DateTimeOffset>();
        var counted = new List<DateTimeOffset>();
        foreach (var attempt in attempts)
        {
            RunUntil(clock, events, clock.Now + TimeSpan.FromMilliseconds(attempt.Pause));
            if (Reserve(store) is not { } reservation)
            {
                continue;
            }

            var at = clock.Now + TimeSpan.FromMilliseconds(attempt.Counted);
            if (!attempt.IsRefused)
            {
                events.Enqueue(() => counted.Add(clock.Now), at);
            }

            // Who is killed has done so by the time that its lease is over.
            if (!attempt.IsKilled)
            {
                var isUsed = !attempt.IsRefused;
                events.Enqueue(
                    () => _ = store.SettleAsync(reservation, isUsed, default),
                    at + TimeSpan.FromMilliseconds(attempt.Settled));
            }
        }

        RunUntil(clock, events, DateTimeOffset.MaxValue);
        return counted
            .Select(last => counted.Count(at => at > last - TimeSpan.FromSeconds(10) && at <= last))
            .DefaultIfEmpty()
            .Max();
    }

    private static long? Reserve(ModelThrottleStore store) => store.ReserveAsync(
        new ThrottleRequest
        {
            Rules = [new ThrottleRule(Key, Limit)],
            Charges = [new ThrottleCharge(Key, 1, 1)],
            Owner = "test",
        },
        default).Result.Reservation;

    private static void RunUntil(WallClock clock, PriorityQueue<Action, DateTimeOffset> events, DateTimeOffset time)
    {
        while (events.TryPeek(out var action, out var at) && at <= time)
        {
            events.Dequeue();
            clock.Advance(at - clock.Now);
            action();
        }

        if (time < DateTimeOffset.MaxValue)
        {
            clock.Advance(time - clock.Now);
        }
    }

    private sealed record Attempt(int Pause, int Counted, int Settled, bool IsKilled, bool IsRefused);
}
