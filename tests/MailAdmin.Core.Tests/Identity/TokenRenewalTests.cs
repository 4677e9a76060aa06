using MailAdmin.Identity;
using MailAdmin.TestServices;
using MailAdmin.Tests.Server.Personalities;

namespace MailAdmin.Tests.Identity;

public sealed class TokenRenewalTests
{
    [Theory]
    [InlineData(TokenService.Smtp, 54, 56)]
    [InlineData(TokenService.Hve, 49, 51)]
    public async Task A_token_is_renewed_its_services_time_before_its_end(TokenService service, int kept, int renewed)
    {
        var clock = new SettableTime(DateTimeOffset.UtcNow);
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions { Time = clock });
        using var source = kit.Source(kit.Settings(TokenFlow.ClientSecret) with { Service = service }, kit.AppSecret);

        var first = await source.GetTokenAsync(default);
        clock.Now += TimeSpan.FromMinutes(kept);
        var same = await source.GetTokenAsync(default);
        clock.Now += TimeSpan.FromMinutes(renewed - kept);
        var next = await source.GetTokenAsync(default);

        Assert.Same(first, same);
        Assert.NotEqual(first.Value, next.Value);
        Assert.Equal(2, kit.Provider.Requests.Count("/token"));
        Assert.True(next.ExpiresAt > clock.GetUtcNow() + TimeSpan.FromMinutes(50));
    }

    [Fact]
    public async Task High_Volume_Email_does_not_take_what_lies_in_the_cache_with_too_little_time_left()
    {
        await using var kit = await SignInKit.StartAsync(
            new TestIdentityOptions { Lifetime = TimeSpan.FromMinutes(8) });
        using var smtp = kit.Source(kit.Settings(TokenFlow.ClientSecret), kit.AppSecret);
        var cached = await smtp.GetTokenAsync(default);
        kit.Provider.Tokens.Lifetime = TimeSpan.FromHours(1);

        using var hve = kit.Source(
            kit.Settings(TokenFlow.ClientSecret) with { Service = TokenService.Hve }, kit.AppSecret);
        var fresh = await hve.GetTokenAsync(default);

        Assert.NotEqual(cached.Value, fresh.Value);
        Assert.True(fresh.ExpiresAt - DateTimeOffset.UtcNow > TimeSpan.FromMinutes(50));
    }

    [Fact]
    public async Task A_provider_that_is_down_for_a_moment_does_not_stop_a_pipeline()
    {
        var clock = new SettableTime(DateTimeOffset.UtcNow);
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions { Time = clock });
        using var source = kit.Source(kit.Settings(TokenFlow.ClientSecret), kit.AppSecret);
        var first = await source.GetTokenAsync(default);
        kit.Provider.Faults.Add(new("/token", 503) { Count = 100 });

        clock.Now += TimeSpan.FromMinutes(56);
        var same = await source.GetTokenAsync(default);
        clock.Now += TimeSpan.FromMinutes(3.5);
        var failure = await Assert.ThrowsAsync<TokenException>(() => source.GetTokenAsync(default).AsTask());
        kit.Provider.Faults.Clear();
        var next = await source.GetTokenAsync(default);

        Assert.Same(first, same);
        Assert.True(failure.IsTransient);
        Assert.NotEqual(first.Value, next.Value);
    }

    [Fact]
    public async Task Many_messages_at_once_ask_for_one_token()
    {
        await using var kit = await SignInKit.StartAsync();
        using var source = kit.Source(kit.Settings(TokenFlow.ClientSecret), kit.AppSecret);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => source.GetTokenAsync(default).AsTask()));

        Assert.Single(tokens.Distinct());
        Assert.Equal(1, kit.Provider.Requests.Count("/token"));
    }

    [Fact]
    public async Task Somebody_who_signed_in_stays_so_past_the_end_of_the_token()
    {
        var clock = new SettableTime(DateTimeOffset.UtcNow);
        await using var kit = await SignInKit.StartAsync(
            new TestIdentityOptions { Time = clock, ApproveDeviceCodes = true });
        var shown = 0;
        var options = kit.Options with
        {
            ShowCode = _ =>
            {
                shown++;
                return Task.CompletedTask;
            },
        };
        using var source = kit.Source(kit.Settings(TokenFlow.DeviceCode), options: options);

        var first = await source.GetTokenAsync(default);
        clock.Now += TimeSpan.FromHours(2);
        var next = await source.GetTokenAsync(default);

        Assert.NotEqual(first.Value, next.Value);
        Assert.Equal(1, shown);
    }

    [Theory]
    [InlineData(TokenFlow.ClientSecret)]
    [InlineData(TokenFlow.DeviceCode)]
    [InlineData(TokenFlow.Interactive)]
    [InlineData(TokenFlow.GoogleDeviceCode)]
    public async Task Asking_is_broken_off_within_a_second(TokenFlow flow)
    {
        await using var kit = await SignInKit.StartAsync();
        kit.Provider.Faults.Add(new("/token", 200) { DelayMilliseconds = 60_000 });
        var options = kit.Options with
        {
            ShowCode = _ => Task.CompletedTask,
            MayOpenBrowser = true,
            OpenBrowser = _ => Task.CompletedTask,
        };
        var isGoogle = flow == TokenFlow.GoogleDeviceCode;
        using var source = kit.Source(isGoogle ? kit.Google(flow) : kit.Settings(flow), kit.AppSecret, options);
        using var stop = new CancellationTokenSource();

        var asking = source.GetTokenAsync(stop.Token).AsTask();
        await Task.Delay(1500);
        Assert.False(asking.IsCompleted);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
