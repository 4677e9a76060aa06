using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Sends with our client and keeps the dialogue.</summary>
internal sealed class RecordingClient : IAsyncDisposable
{
    private readonly StringWriter _dialogue = new();
    private readonly TextTranscript _transcript;
    private readonly SmtpTransport _transport;

    /// <summary>Nothing is connected before the first message.</summary>
    public RecordingClient(SmtpRoute route)
    {
        _transcript = new TextTranscript(_dialogue);
        _transport = new SmtpTransport(route, new TcpDialer(), _transcript, new StillClock());
    }

    /// <summary>The transcript so far; not while a message is under way.</summary>
    public string Dialogue => _dialogue.ToString();

    /// <summary>What was sent so far: the commands without their times.</summary>
    public IReadOnlyList<string> Commands =>
    [
        .. Dialogue.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 3))
            .Where(fields => fields is [_, "C:", _])
            .Select(fields => fields[2]),
    ];

    /// <summary>Sends one message and leaves the connection open.</summary>
    public Task<DeliveryReport> SendAsync(IMessageWriter message, Envelope envelope) =>
        _transport.SendAsync(new OutgoingMessage(message, envelope), null, CancellationToken.None);

    /// <summary>Sends one message to whom its headers name.</summary>
    public Task<DeliveryReport> SendAsync(RelayMessage message) => SendAsync(message, message.ToEnvelope());

    /// <summary>Fails the test, with the dialogue, unless the message went to everybody.</summary>
    public DeliveryReport AssertSent(DeliveryReport report)
    {
        Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Status}: {report.Error}\n{Dialogue}");
        return report;
    }

    /// <summary>Takes leave; another message would connect again.</summary>
    public Task CloseAsync() => _transport.CloseAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _transcript.Dispose();
    }

    // The choice between BDAT and DATA depends on how long a session was idle; a test must not depend on that.
    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
