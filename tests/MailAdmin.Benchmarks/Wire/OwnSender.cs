using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>This product as the sender: each message is composed anew, as a pipeline of them would be.</summary>
internal static class OwnSender
{
    private const int UnderWay = 5;

    public static Task<WireFigures> RunAsync(WireScenario scenario, int port) => WireFigures.MeasureAsync(
        scenario.Messages, () => SendAsync(scenario, port, scenario.Messages, new TcpDialer()));

    /// <summary>
    /// Round trips for each message, those of the sessions themselves (greeting, EHLO, QUIT) included.
    /// </summary>
    public static async Task<double> RoundTripsAsync(WireScenario scenario, int port)
    {
        var messages = Math.Min(scenario.Messages, 500);
        var dialer = new TurnCountingDialer();
        await SendAsync(scenario, port, messages, dialer);
        return (double)dialer.Turns / messages;
    }

    private static Task SendAsync(WireScenario scenario, int port, int messages, IDialer dialer) =>
        scenario.NewConnectionEach
            ? SendEachAloneAsync(new ScenarioMessages(scenario), port, messages, dialer)
            : Task.WhenAll(Enumerable.Range(0, scenario.Connections).Select(_ => Task.Run(() => SendOverOneAsync(
                new ScenarioMessages(scenario), port, messages / scenario.Connections, dialer))));

    private static async Task SendEachAloneAsync(ScenarioMessages content, int port, int messages, IDialer dialer)
    {
        for (var i = 0; i < messages; i++)
        {
            await using var transport = NewTransport(port, dialer);
            Check(await transport.SendAsync(content.Compose(), null, CancellationToken.None));
        }
    }

    private static async Task SendOverOneAsync(ScenarioMessages content, int port, int messages, IDialer dialer)
    {
        await using var transport = NewTransport(port, dialer);
        var underWay = new Queue<Task<DeliveryReport>>();
        for (var i = 0; i < messages; i++)
        {
            underWay.Enqueue(transport.SendAsync(content.Compose(), null, CancellationToken.None));
            if (underWay.Count >= UnderWay)
            {
                Check(await underWay.Dequeue());
            }
        }

        while (underWay.TryDequeue(out var last))
        {
            Check(await last);
        }
    }

    private static SmtpTransport NewTransport(int port, IDialer dialer) =>
        new(new SmtpRoute { Host = "127.0.0.1", Port = port, LocalHost = "bench.example" }, dialer);

    private static void Check(DeliveryReport report)
    {
        if (report.Status != DeliveryStatus.Sent)
        {
            throw new InvalidOperationException($"The sink did not take a message: {report.Status}", report.Error);
        }
    }
}
