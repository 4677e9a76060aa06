using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Net.Mail;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Sending;
using MailAdmin.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>
/// Puts the messages of a pipeline into the queue. Those that are under way at the same time share a commit, so a fast
/// producer is not held up by the disk; when the producer is slow, nothing is kept waiting for a group to fill.
/// </summary>
internal sealed class QueueingSession : IMessageSession
{
    private const int ProgressId = 4;
    private const int MostUnderWay = 256;
    private static readonly TimeSpan SlowProducer = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly AsyncPSCmdlet _cmdlet;
    private readonly Func<QueueItem, ReadyMessage, object> _output;
    private readonly MailQueue _queue;
    private readonly QueueRoute _route;
    private readonly Queue<(ReadyMessage Message, Task<QueueItem> Added)> _underWay = new();
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceSend = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private int _done;
    private bool _isShown;

    /// <summary>Creates the session.</summary>
    /// <param name="cmdlet">Whose streams are written to.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="route">Which way the messages will take.</param>
    /// <param name="output">What is put out for a message that is safe.</param>
    public QueueingSession(
        AsyncPSCmdlet cmdlet, MailQueue queue, QueueRoute route, Func<QueueItem, ReadyMessage, object> output)
    {
        _cmdlet = cmdlet;
        _queue = queue;
        _route = route;
        _output = output;
    }

    /// <inheritdoc/>
    public string Server => _route.Destination;

    /// <summary>How urgent the next message is.</summary>
    public QueuePriority Priority { get; set; } = QueuePriority.Normal;

    /// <summary>Not to be sent earlier; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>True to keep the next message from being sent until it is resumed.</summary>
    public bool IsHeld { get; set; }

    /// <summary>When to give up; null for 48 hours.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Says how the next message is to go.</summary>
    /// <param name="priority">How urgent its header says that it is; so it is in the queue.</param>
    /// <param name="notBefore">Not to be sent earlier; null for at once.</param>
    public void SetNext(MailPriority priority, DateTimeOffset? notBefore)
    {
        NotBefore = notBefore;
        Priority = priority switch
        {
            MailPriority.High => QueuePriority.High,
            MailPriority.Low => QueuePriority.Low,
            _ => QueuePriority.Normal,
        };
    }

    /// <inheritdoc/>
    public void Send(ReadyMessage message)
    {
        var action = $"Queue '{message.Subject}' from {message.Envelope.ReversePath} for {Server}";
        if (!_cmdlet.ShouldProcess(SendingSession.Recipients(message), action))
        {
            return;
        }

        var order = new QueueOrder(message.Content, message.Envelope, message.Subject)
        {
            Priority = Priority,
            NotBefore = NotBefore,
            IsHeld = IsHeld,
            ExpiresAt = ExpiresAt,
        };
        var isSlow = _sinceSend.IsRunning && _sinceSend.Elapsed > SlowProducer;

        // Begun here and not on the pool, so that the messages are queued in the order of the pipeline.
        _underWay.Enqueue((message, _queue.AddAsync(order, _route, _cmdlet.StopToken)));
        while (_underWay.Count > 0
            && (isSlow || _underWay.Count >= MostUnderWay || _underWay.Peek().Added.IsCompleted))
        {
            PutOutOldest();
        }

        _cmdlet.FlushPosted();
        _sinceSend.Restart();
    }

    /// <inheritdoc/>
    public void WarnOnce(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings.Where(_warned.Add))
        {
            _cmdlet.WriteWarning(warning);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        while (_underWay.Count > 0)
        {
            PutOutOldest();
        }

        if (_isShown)
        {
            _cmdlet.WriteProgress(ProgressRecords.Done(ProgressId, "Queueing mail"));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void PutOutOldest()
    {
        var (message, added) = _underWay.Dequeue();
        try
        {
            _cmdlet.WriteObject(_output(_cmdlet.Await(_ => added), message));
            _done++;
        }
        catch (MailException failure)
        {
            _cmdlet.WriteError(ErrorRecords.From(failure, message.Target));
        }

        if (_sinceProgress.Elapsed > Pause)
        {
            _sinceProgress.Restart();
            _isShown = true;
            var count = string.Create(CultureInfo.CurrentCulture, $"{_done} queued");
            _cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Queueing mail", count));
        }
    }
}
