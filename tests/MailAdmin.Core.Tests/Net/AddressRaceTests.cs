using System.Net;
using System.Net.Sockets;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class AddressRaceTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly IPEndPoint A = new(IPAddress.Parse("127.0.0.1"), 25);
    private static readonly IPEndPoint B = new(IPAddress.IPv6Loopback, 25);
    private static readonly IPEndPoint C = new(IPAddress.Parse("127.0.0.3"), 25);

    [Fact]
    public async Task A_black_hole_delays_the_next_address_only_by_the_stagger()
    {
        var started = new List<IPEndPoint>();
        var race = new AddressRace<Prize>(
            (endPoint, token) =>
            {
                started.Add(endPoint);
                return endPoint == A ? Hang(token) : Task.FromResult(new Prize(endPoint));
            },
            TimeSpan.FromMilliseconds(20),
            TimeProvider.System);
        var result = await race.RunAsync([A, B, C], default);
        Assert.Equal(B, result.Winner!.EndPoint);
        Assert.Equal([A, B], started);
    }

    [Fact]
    public async Task A_failure_starts_the_next_address_at_once()
    {
        var race = new AddressRace<Prize>(
            (endPoint, _) => endPoint == C
                ? Task.FromResult(new Prize(endPoint))
                : Task.FromException<Prize>(new SocketException((int)SocketError.ConnectionRefused)),
            Never,
            TimeProvider.System);
        var result = await race.RunAsync([A, B, C], default);
        Assert.Equal(C, result.Winner!.EndPoint);
        Assert.Equal([A, B], result.Failures.Select(f => f.EndPoint));
    }

    [Fact]
    public async Task All_failures_are_kept()
    {
        var race = new AddressRace<Prize>(
            (_, _) => Task.FromException<Prize>(new SocketException((int)SocketError.HostUnreachable)),
            Never,
            TimeProvider.System);
        var result = await race.RunAsync([A, B, C], default);
        Assert.Null(result.Winner);
        Assert.Equal([A, B, C], result.Failures.Select(f => f.EndPoint));
    }

    [Fact]
    public async Task The_slow_first_address_may_still_win()
    {
        var first = new TaskCompletionSource<Prize>();
        var race = new AddressRace<Prize>(
            (endPoint, token) =>
            {
                if (endPoint == A)
                {
                    return first.Task;
                }

                first.SetResult(new Prize(A));
                return Hang(token);
            },
            TimeSpan.FromMilliseconds(1),
            TimeProvider.System);
        var result = await race.RunAsync([A, B], default);
        Assert.Equal(A, result.Winner!.EndPoint);
    }

    [Fact]
    public async Task A_connection_that_comes_too_late_is_closed()
    {
        var late = new TaskCompletionSource<Prize>();
        var race = new AddressRace<Prize>(
            (endPoint, _) => endPoint == A ? late.Task : Task.FromResult(new Prize(endPoint)),
            TimeSpan.FromMilliseconds(1),
            TimeProvider.System);
        var result = await race.RunAsync([A, B], default);
        Assert.Equal(B, result.Winner!.EndPoint);
        Assert.False(result.Winner.IsDisposed);

        var prize = new Prize(A);
        late.SetResult(prize);
        await prize.Disposed.WaitAsync(LoopbackPair.Patience);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_black_holes()
    {
        using var cancel = new CancellationTokenSource();
        var race = new AddressRace<Prize>(
            (endPoint, token) =>
            {
                if (endPoint == B)
                {
                    cancel.CancelAfter(10);
                }

                return new TaskCompletionSource<Prize>().Task;
            },
            TimeSpan.FromMilliseconds(1),
            TimeProvider.System);
        var result = await race.RunAsync([A, B], cancel.Token).WaitAsync(LoopbackPair.Patience);
        Assert.Null(result.Winner);
        Assert.Equal([A, B], result.Failures.Select(f => f.EndPoint));
        Assert.All(result.Failures, f => Assert.IsType<TimeoutException>(f.Cause));
    }

    [Theory]
    [InlineData("127.0.0.1 127.0.0.2 ::1 ::2", "127.0.0.1 ::1 127.0.0.2 ::2")]
    [InlineData("::1 ::2 ::3 127.0.0.1", "::1 127.0.0.1 ::2 ::3")]
    [InlineData("::1", "::1")]
    [InlineData("", "")]
    public void Families_alternate(string found, string tried)
    {
        var addresses = found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray();
        Assert.Equal(tried, string.Join(' ', AddressOrder.Interleave(addresses)));
    }

    private static async Task<Prize> Hang(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException();
    }

    private sealed class Prize(IPEndPoint endPoint) : IDisposable
    {
        private readonly TaskCompletionSource _disposed = new();

        public IPEndPoint EndPoint { get; } = endPoint;

        public Task Disposed => _disposed.Task;

        public bool IsDisposed => _disposed.Task.IsCompleted;

        public void Dispose() => _disposed.SetResult();
    }
}
