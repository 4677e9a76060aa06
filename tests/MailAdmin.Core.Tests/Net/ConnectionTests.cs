using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class ConnectionTests
{
    private static readonly TimeSpan Patience = LoopbackPair.Patience;

    [Fact]
    public async Task Sends_nothing_before_the_flush_and_then_everything_at_once()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.Client.Write("EHLO a\r\n"u8);
        pair.Client.Write("NOOP\r\n"u8);
        await Task.Delay(50);
        Assert.Equal(0, pair.ServerSocket.Available);

        await pair.Client.FlushAsync(Patience, default);

        Assert.Equal("EHLO a", await ReadAsync(pair.Server));
        Assert.True(pair.Server.HasBufferedInput);
        Assert.Equal("NOOP", await ReadAsync(pair.Server));
        Assert.False(pair.Server.HasBufferedInput);
    }

    [Fact]
    public async Task Disables_the_delay_of_small_segments()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        Assert.True(pair.ServerSocket.NoDelay);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public async Task Carries_content_of_any_size_unchanged(int chunk)
    {
        var transcript = new RecordedTranscript();
        await using var pair = await LoopbackPair.OpenAsync(transcript);
        var content = new byte[400_000];
        new Random(chunk).NextBytes(content);

        var receiving = ReceiveAsync(pair.Server, content.Length);
        pair.Client.Write("DATA\r\n"u8);
        for (var i = 0; i < content.Length; i += chunk)
        {
            await pair.Client.WriteDataAsync(
                content.AsMemory(i, Math.Min(chunk, content.Length - i)), Patience, default);
        }

        pair.Client.Write("NOOP\r\n"u8);
        await pair.Client.FlushAsync(Patience, default);

        Assert.Equal(content, await receiving);
        Assert.Equal(["> DATA", "* sent 400000 octets of content", "> NOOP"], transcript.Lines);
    }

    [Fact]
    public async Task Names_the_stage_and_the_time_when_the_peer_is_silent()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.Client.Stage = "the reply to EHLO";
        var failure = await Assert.ThrowsAsync<PeerTimeoutException>(
            async () => await pair.Client.ReadLineAsync(512, TimeSpan.FromMilliseconds(50), default));
        Assert.Equal("the reply to EHLO", failure.Stage);
        Assert.Contains("within 0.05 s during the reply to EHLO", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
        Assert.Contains("TLS from the first octet", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_drips_octets_still_runs_out_of_time()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var stop = new CancellationTokenSource();
        var dripping = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await pair.ServerSocket.SendAsync("x"u8.ToArray());
                await Task.Delay(10);
            }
        });
        await Assert.ThrowsAsync<PeerTimeoutException>(
            async () => await pair.Client.ReadLineAsync(1_000_000, TimeSpan.FromMilliseconds(300), default));
        await stop.CancelAsync();
        await Record.ExceptionAsync(() => dripping);
    }

    [Fact]
    public async Task Times_out_when_the_peer_takes_nothing()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.Client.Stage = "the message";
        var content = new byte[1 << 20];
        var failure = await Assert.ThrowsAsync<PeerTimeoutException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await pair.Client.WriteDataAsync(content, TimeSpan.FromMilliseconds(200), default);
            }
        });
        Assert.Equal("the message", failure.Stage);
    }

    [Fact]
    public async Task Cancelling_ends_the_operation_and_the_connection()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var cancel = new CancellationTokenSource();
        var reading = pair.Client.ReadLineAsync(512, Patience, cancel.Token).AsTask();
        await cancel.CancelAsync();
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(cancel.Token, stopped.CancellationToken);
        await Assert.ThrowsAsync<ConnectionLostException>(
            async () => await pair.Server.ReadLineAsync(512, Patience, default));
        await Assert.ThrowsAsync<ConnectionLostException>(
            async () => await pair.Client.ReadLineAsync(512, Patience, default));
    }

    [Fact]
    public async Task Tells_a_closed_connection_from_one_cut_within_a_line()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        await pair.ServerSocket.SendAsync("220 one\r\n250-hal"u8.ToArray());
        pair.ServerSocket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        Assert.Equal("220 one", await ReadAsync(pair.Client));
        var failure = await Assert.ThrowsAsync<ConnectionLostException>(() => ReadAsync(pair.Client));
        Assert.Contains("in the middle of a line", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_a_reset()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.ServerSocket.LingerState = new(true, 0);
        pair.ServerSocket.Close();
        var failure = await Assert.ThrowsAsync<ConnectionLostException>(() => ReadAsync(pair.Client));
        Assert.Contains("reset", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Reports_a_reset_while_writing()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.ServerSocket.LingerState = new(true, 0);
        pair.ServerSocket.Close();
        pair.Client.Stage = "the message";
        var failure = await Assert.ThrowsAsync<ConnectionLostException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await pair.Client.WriteDataAsync(new byte[100_000], Patience, default);
            }
        });
        Assert.Equal("the message", failure.Stage);
    }

    [Fact]
    public async Task Still_reads_what_a_peer_said_that_has_closed_its_half()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.Client.Write("QUIT\r\n"u8);
        await pair.Client.FlushAsync(Patience, default);
        await pair.ServerSocket.SendAsync("421 too busy\r\n"u8.ToArray());
        pair.ServerSocket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal("421 too busy", await ReadAsync(pair.Client));
        await Assert.ThrowsAsync<ConnectionLostException>(() => ReadAsync(pair.Client));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reads_while_it_writes(bool secure)
    {
        const int Lines = 200_000;
        await using var pair = await LoopbackPair.OpenAsync();
        if (secure)
        {
            using var certificate = TestCertificates.Issue(null, ["server.example"]);
            await Task.WhenAll(
                pair.Client.UpgradeToTlsAsync(
                    new() { TargetHost = "server.example", SkipCertificateCheck = true }, Patience, default),
                pair.Server.UpgradeToTlsServerAsync(new() { ServerCertificate = certificate }, Patience, default));
        }

        // Far more than all buffers between the two hold: it would stall if either side only read or only wrote.
        await Task.WhenAll(
            WriteLinesAsync(pair.Client, Lines),
            WriteLinesAsync(pair.Server, Lines),
            ReadLinesAsync(pair.Client, Lines),
            ReadLinesAsync(pair.Server, Lines));
    }

    [Theory]
    [InlineData(0x15)]
    [InlineData(0x16)]
    public async Task Recognises_a_server_that_speaks_tls_on_a_plain_port(byte first)
    {
        await using var pair = await LoopbackPair.OpenAsync();
        await pair.ServerSocket.SendAsync(new byte[] { first, 3, 3, 0, 2, 2, 40 });
        var failure = await Assert.ThrowsAsync<TlsFailedException>(() => ReadAsync(pair.Client));
        Assert.Equal("ServerSpeaksTls", failure.ErrorId);
    }

    private static async Task WriteLinesAsync(Connection connection, int count)
    {
        var line = Encoding.ASCII.GetBytes(new string('x', 60) + "\r\n");
        for (var i = 0; i < count; i++)
        {
            await connection.WriteDataAsync(line, Patience, default);
        }

        await connection.FlushAsync(Patience, default);
    }

    private static async Task ReadLinesAsync(Connection connection, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(60, (await connection.ReadLineAsync(512, Patience, default)).Length);
        }
    }

    private static async Task<byte[]> ReceiveAsync(Connection connection, int length)
    {
        Assert.Equal("DATA", await ReadAsync(connection));
        var all = new List<byte>(length);
        while (all.Count < length)
        {
            var octets = await connection.ReadDataAsync(length - all.Count, Patience, default);
            all.AddRange(octets.Span);
        }

        Assert.Equal("NOOP", await ReadAsync(connection));
        return [.. all];
    }

    private static async Task<string> ReadAsync(Connection connection) =>
        Encoding.Latin1.GetString((await connection.ReadLineAsync(512, Patience, default)).Span);
}
