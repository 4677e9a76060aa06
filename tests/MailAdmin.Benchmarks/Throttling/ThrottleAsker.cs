using System.Diagnostics;
using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Benchmarks.Throttling;

/// <summary>One of the processes that share a limit.</summary>
internal static class ThrottleAsker
{
    private const string Server = "mail.example.com:25";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Sets a limit that nobody reaches.</summary>
    public static async Task SetLimitAsync(string path)
    {
        await using var store = await OpenAsync(path);
        var settings = new ThrottleSettings { Limits = [new SendLimit(100_000_000, LimitUnit.Messages, 60)] };
        await store.Throttle.SetSettingsAsync(
            ThrottleScope.OfServer(Server).Key(), ThrottleSettingsText.Write(settings), default);
    }

    /// <summary>Asks for so long, and prints how many milliseconds each took.</summary>
    public static async Task<int> RunAsync(string path, int atOnce, int seconds)
    {
        await using var store = await OpenAsync(path);
        await using var gate = new ThrottleGate(store.Throttle, new ThrottlePolicyFinder(SendMethodCatalog.BuiltIn));
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => AskAsync(gate, clock, WarmUp)));
        var until = clock.Elapsed + TimeSpan.FromSeconds(seconds);
        foreach (var taken in await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => AskAsync(gate, clock, until))))
        {
            taken.ForEach(time => Console.Out.WriteLine(
                time.TotalMilliseconds.ToString("F4", CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static async Task<List<TimeSpan>> AskAsync(ThrottleGate gate, Stopwatch clock, TimeSpan until)
    {
        var message = new ThrottledMessage
        {
            Route = new ThrottleSubject("Smtp", Server, null),
            Recipients = [EmailAddress.Parse("anna@example.com")],
            Item = 1,
        };
        var taken = new List<TimeSpan>();
        while (clock.Elapsed < until)
        {
            var from = clock.Elapsed;
            var granted = (ThrottleGranted)await gate.AcquireAsync(message, default);
            taken.Add(clock.Elapsed - from);
            await granted.Permit.SettleAsync(isUsed: true, default);
        }

        return taken;
    }

    private static Task<IMailStore> OpenAsync(string path) => MailStores.OpenAsync(
        new StoreLocation(path, StoreAccess.Owner), TimeProvider.System, default);
}
