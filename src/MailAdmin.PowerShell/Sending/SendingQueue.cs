using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// Keeps a few messages under way over one transport, so that the next one is at hand when the server has taken one,
/// and gives the outcomes back in the order of the messages.
/// </summary>
internal sealed class SendingQueue(IMailTransport transport)
{
    // Two or three keep the connection busy; more only take memory.
    private const int LookAhead = 4;

    private readonly Queue<SendingMessage> _underWay = new();

    /// <summary>How many have neither been given back nor given up.</summary>
    public int Count => _underWay.Count;

    /// <summary>True when another message has to wait for the oldest.</summary>
    public bool IsFull => _underWay.Count > LookAhead;

    /// <summary>True when the outcome of the oldest is there.</summary>
    public bool HasFinished => _underWay.TryPeek(out var oldest) && oldest.Report.IsCompleted;

    /// <summary>Puts a message behind the others.</summary>
    public void Add(ReadyMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
    {
        var outgoing = new OutgoingMessage(message.Content, message.Envelope);
        _underWay.Enqueue(new SendingMessage(message, transport.SendAsync(outgoing, octetsSent, cancellationToken)));
    }

    /// <summary>Takes the one whose outcome is next.</summary>
    public SendingMessage TakeOldest() => _underWay.Dequeue();
}
