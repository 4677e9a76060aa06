using System.Collections.Concurrent;
using MailAdmin.Mime;
using MailAdmin.Server;
using MailAdmin.Smtp;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>What the server saw: connections with their transactions, and messages by their subject.</summary>
internal sealed class ArrivalLog : ISmtpServerPolicy
{
    private readonly ConcurrentDictionary<(int Port, int Generation), SeenConnection> _connections = new();
    private readonly ConcurrentDictionary<int, int> _generations = new();

    /// <summary>The Message-IDs under which a subject arrived.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Arrived { get; } = new(StringComparer.Ordinal);

    public SmtpReply? Greet(SmtpSessionInfo session)
    {
        var port = session.RemoteEndPoint!.Port;
        _connections[(port, _generations.AddOrUpdate(port, 1, (_, last) => last + 1))] = new();
        return null;
    }

    public SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail)
    {
        Current(session).Begun++;
        return null;
    }

    public void End(SmtpSessionInfo session) => Current(session).IsOver = true;

    public void Add(ReceivedMessage message)
    {
        using var content = message.OpenRead();
        var headers = MessageOutline.ReadHeadersAsync(content, CancellationToken.None).GetAwaiter().GetResult();
        string Value(string name) => headers.Single(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        Arrived.GetOrAdd(Value("Subject"), _ => new()).Enqueue(Value("Message-ID").Trim('<', '>'));
    }

    /// <summary>
    /// Names the connections that a client which stands still has from these ports: those that are open, or that the
    /// server has yet to accept.
    /// </summary>
    public IReadOnlyList<(int Port, int Generation)> Open(IEnumerable<int> ports) =>
        [.. ports.Select(port =>
        {
            var last = _generations.GetValueOrDefault(port);
            return (port, _connections.TryGetValue((port, last), out var seen) && !seen.IsOver ? last : last + 1);
        })];

    /// <summary>
    /// How many messages were under way on these connections at their end: of those whose MAIL the server has read by
    /// then, the last few.
    /// </summary>
    public int InFlight(IEnumerable<(int Port, int Generation)> connections, int perConnection) =>
        connections.Sum(one => Math.Min(perConnection, _connections.GetValueOrDefault(one)?.Begun ?? 0));

    private SeenConnection Current(SmtpSessionInfo session)
    {
        var port = session.RemoteEndPoint!.Port;
        return _connections[(port, _generations[port])];
    }

    /// <summary>Calls for one connection come one at a time.</summary>
    private sealed class SeenConnection
    {
        private volatile bool _isOver;

        public int Begun { get; set; }

        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }
    }
}
