using System.Net;

namespace MailAdmin.Dns.Server;

/// <summary>Takes the octets of a query and gives those of the reply, whichever way they came.</summary>
internal sealed class QueryDesk(DnsTestZone zone, TimeProvider time)
{
    private readonly List<DnsTestQuery> _queries = [];

    public FaultScript Faults { get; } = new();

    public bool AuthenticatesData { get; set; }

    public IReadOnlyList<DnsTestQuery> Queries
    {
        get
        {
            lock (_queries)
            {
                return [.. _queries];
            }
        }
    }

    /// <summary>
    /// The messages to send, the last being the reply; none for what is no query and for a drop. If there are several,
    /// the first is to come from another port.
    /// </summary>
    public async Task<IReadOnlyList<byte[]>> AnswerAsync(
        ReadOnlyMemory<byte> message,
        IPEndPoint client,
        bool usedTcp,
        CancellationToken cancellationToken)
    {
        if (!QueryReader.TryRead(message.Span, client, usedTcp, out var query))
        {
            return [];
        }

        lock (_queries)
        {
            _queries.Add(query);
        }

        var fault = Faults.Take(query.Question);
        if (fault?.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, time, cancellationToken).ConfigureAwait(false);
        }

        var responder = new DnsResponder(zone, AuthenticatesData);
        return fault?.Kind switch
        {
            DnsFaultKind.Drop => [],
            DnsFaultKind.Forge when !usedTcp => [.. responder.Forgeries(query), responder.Reply(query)],
            _ => [responder.Reply(query, fault)],
        };
    }
}
