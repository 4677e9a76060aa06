using MailAdmin.Storage;
using MailAdmin.Tests.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Storage.Sqlite;

public sealed class SqliteThrottleStoreTests : ThrottleStoreContract, IAsyncLifetime
{
    private readonly SqliteStoreFolder _folder = new();
    private readonly List<IMailStore> _stores = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_it_answers_as_the_plain_model_does(int seed)
    {
        var random = new Random(seed);
        var clock = new WallClock();
        IThrottleStore[] stores = [await OpenAsync(clock), await OpenAsync(clock)];
        var model = new ModelThrottleStore(clock);
        var rules = Rules();
        var underWay = new List<(long Stored, long Modelled)>();
        var granted = 0;
        for (var step = 0; step < 250; step++)
        {
            var store = stores[random.Next(2)];
            switch (random.Next(10))
            {
                case < 5:
                    var request = Ask(rules, random);
                    var stored = await store.ReserveAsync(request, default);
                    var modelled = await model.ReserveAsync(request, default);
                    Assert.Equal(modelled with { Reservation = null }, stored with { Reservation = null });
                    Assert.Equal(modelled.Reservation is null, stored.Reservation is null);
                    if (stored.Reservation is not null)
                    {
                        granted++;
                        underWay.Add((stored.Reservation.Value, modelled.Reservation!.Value));
                    }

                    break;
                case < 8 when underWay.Count > 0:
                    var ended = underWay[random.Next(underWay.Count)];
                    underWay.Remove(ended);
                    var isUsed = random.Next(4) > 0;
                    await store.SettleAsync(ended.Stored, isUsed, default);
                    await model.SettleAsync(ended.Modelled, isUsed, default);
                    break;
                case 8 when random.Next(4) == 0:
                    await store.RenewAsync("a", default);
                    await model.RenewAsync("a", default);
                    break;
                default:
                    clock.Advance(TimeSpan.FromMicroseconds(
                        random.Next(5) == 0 ? random.Next(-9_000_000, 40_000_000) : random.Next(3_000_000)));
                    break;
            }

            if (step % 10 == 0)
            {
                Assert.Equal(await model.GetUseAsync(rules, default), await store.GetUseAsync(rules, default));
            }
        }

        Assert.InRange(granted, 30, 250);
    }

    private protected override async Task<IThrottleStore> OpenAsync(TimeProvider clock)
    {
        var store = await _folder.OpenAsync(clock);
        _stores.Add(store);
        return store.Throttle;
    }

    private static ThrottleRule[] Rules() =>
    [
        new("Method:Submission/anna@example.com", new SendLimit(8, LimitUnit.Messages, 10)),
        new("Method:Submission/anna@example.com", new SendLimit(60, LimitUnit.Recipients, 61)),
        new("Provider:Microsoft365/external", new SendLimit(90, LimitUnit.Recipients, 300)),
    ];

    private static ThrottleRequest Ask(ThrottleRule[] rules, Random random)
    {
        var recipients = random.Next(1, 10);
        return new ThrottleRequest
        {
            Rules = rules,
            Charges =
            [
                new ThrottleCharge(rules[0].Key, random.Next(1, 3), recipients),
                new ThrottleCharge(rules[2].Key, 1, random.Next(recipients)),
            ],
            Owner = random.Next(2) == 0 ? "a" : "b",
            Item = random.Next(3) == 0 ? null : random.Next(1, 4),
            MayForce = random.Next(12) == 0,
        };
    }
}
