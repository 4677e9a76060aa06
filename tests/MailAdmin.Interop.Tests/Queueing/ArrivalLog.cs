using System.Collections.Concurrent;
using MailAdmin.Mime;
using MailAdmin.Server;
using MailAdmin.Smtp;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>What the server saw: transactions by connection, and messages by their subject.</summary>
internal sealed class ArrivalLog : ISmtpServerPolicy
{
    private readonly ConcurrentDictionary<int, int> _begunByPort = new();

    /// <summary>The Message-IDs under which a subject arrived.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Arrived { get; } = new(StringComparer.Ordinal);

    public SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail)
    {
        _begunByPort.AddOrUpdate(session.RemoteEndPoint!.Port, 1, (_, count) => count + 1);
        return null;
    }

    public void Add(ReceivedMessage message)
    {
        using var content = message.OpenRead();
        var headers = MessageOutline.ReadHeadersAsync(content, CancellationToken.None).GetAwaiter().GetResult();
        string Value(string name) => headers.Single(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        Arrived.GetOrAdd(Value("Subject"), _ => new()).Enqueue(Value("Message-ID").Trim('<', '>'));
    }

    /// <summary>
    /// How many messages may be under way on these connections: of those whose MAIL the server has seen, the last few.
    /// </summary>
    public int InFlight(IEnumerable<int> ports, int perConnection) =>
        ports.Sum(port => Math.Min(perConnection, _begunByPort.GetValueOrDefault(port)));
}
