using System.Net.Sockets;
using System.Text;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Tests.Net;
using MailAdmin.Transports;
using MailAdmin.Transports.Graph;

namespace MailAdmin.Tests.Transports.Graph;

/// <summary>Connections that break, stall and lie, over real sockets.</summary>
public sealed class GraphWireTests
{
    private const string Draft = "HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{\"id\":\"1\"}";

    [Fact]
    public async Task A_connection_that_breaks_before_the_last_octet_sent_nothing()
    {
        await using var peer = new FakePeer(async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[2000], stop);
            stream.Socket.LingerState = new LingerOption(true, 0);
        });

        // More than the system's buffers take, so that the last octet cannot have left.
        var report = await SendAsync(
            peer,
            GraphSamples.Message(GraphSamples.Draft(GraphSamples.File(30_000_000, "a.bin"))),
            route => route with { Limits = new GraphLimits { MaxRequest = 100_000_000 } });

        Assert.Equal((DeliveryStatus.Deferred, "ConnectionLost"), (report.Status, report.Error?.ErrorId));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.NotTried, r.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 2")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    public async Task A_reply_that_is_lost_or_no_reply_is_an_unknown_outcome(string said)
    {
        var requests = 0;
        await using var peer = new FakePeer(async (stream, stop) =>
        {
            await ReadRequestAsync(stream, stop);
            Interlocked.Increment(ref requests);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(said), stop);
        });

        var report = await SendAsync(peer, GraphSamples.Small());

        Assert.IsType<OutcomeUnknownException>(report.Error);
        Assert.Equal((DeliveryStatus.Deferred, 1), (report.Status, requests));
    }

    [Fact]
    public async Task Silence_behind_the_last_octet_is_an_unknown_outcome()
    {
        await using var peer = new FakePeer((_, stop) => Task.Delay(Timeout.Infinite, stop));

        var report = await SendAsync(
            peer, GraphSamples.Small(), route => route with { Patience = TimeSpan.FromMilliseconds(400) });

        Assert.IsType<PeerTimeoutException>(Assert.IsType<OutcomeUnknownException>(report.Error).InnerException);
    }

    /// <summary>
    /// .NET makes a request without a body twice when a kept connection ends under it; this must not.
    /// </summary>
    [Fact]
    public async Task The_order_to_send_a_draft_is_given_once_on_a_kept_connection()
    {
        var orders = 0;
        await using var peer = new FakePeer(async (stream, stop) =>
        {
            while (true)
            {
                var request = await ReadRequestAsync(stream, stop);
                if (request.Contains("/send ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref orders);
                    return;
                }

                var answer = request.Contains("/attachments ", StringComparison.Ordinal)
                    ? "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
                    : request.StartsWith("DELETE", StringComparison.Ordinal)
                        ? "HTTP/1.1 204 No Content\r\n\r\n"
                        : Draft;
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
            }
        });
        var files = Enumerable.Range(0, 3).Select(i => GraphSamples.File(1_200_000, $"{i}.bin")).ToArray();

        var report = await SendAsync(peer, GraphSamples.Message(GraphSamples.Draft(files)));

        Assert.Equal(1, orders);
        Assert.IsType<OutcomeUnknownException>(report.Error);
    }

    [Fact]
    public async Task Nobody_there_is_said_as_for_SMTP()
    {
        using var closed = FakePeer.ReserveClosedPort(out var port);

        var report = await SendAsync(port, GraphSamples.Small(), null);

        Assert.Equal(
            (DeliveryStatus.Deferred, "ConnectionRefused", SmtpStage.Connect),
            (report.Status, report.Error?.ErrorId, report.Stage));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.NotTried, r.Status));
    }

    [Fact]
    public async Task An_accepting_status_counts_although_its_body_breaks_off()
    {
        await using var peer = new FakePeer(async (stream, stop) =>
        {
            await ReadRequestAsync(stream, stop);
            await stream.WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 4000\r\n\r\nno more"u8.ToArray(), stop);
        });

        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(peer, GraphSamples.Small())).Status);
    }

    private static Task<DeliveryReport> SendAsync(
        FakePeer peer, OutgoingMessage message, Func<GraphRoute, GraphRoute>? change = null) =>
        SendAsync(peer.Port, message, change);

    private static async Task<DeliveryReport> SendAsync(
        int port, OutgoingMessage message, Func<GraphRoute, GraphRoute>? change)
    {
        var route = GraphSamples.Route() with { Address = new Uri($"http://127.0.0.1:{port}/v1.0/") };
        await using var transport = new GraphTransport(change is null ? route : change(route), new TcpDialer());
        return await transport.SendAsync(message, null, CancellationToken.None);
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
        }

        var text = head.ToString();
        var length = text.Split("\r\n").Select(l => l.Split(": "))
            .FirstOrDefault(p => p[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
        await stream.ReadExactlyAsync(
            new byte[int.Parse(length?[1] ?? "0", System.Globalization.CultureInfo.InvariantCulture)],
            cancellationToken);
        return text;
    }
}
