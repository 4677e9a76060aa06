using System.CommandLine;
using MailAdmin.Cli.Output;

namespace MailAdmin.Cli.Queueing;

/// <summary><c>mailadmin queue list</c>: the messages in the queue, oldest first.</summary>
internal sealed class QueueListCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly QueueFilterOptions _filter = new();

    public QueueListCommand(CliHost host, Option<bool> json)
        : base("list", "Lists the messages in the queue, oldest first: what waits, and what became of the others.")
    {
        _host = host;
        _json = json;
        _filter.AddTo(this);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var filter = _filter.Read(parsed);
        var output = new QueueItemOutput(_host, parsed.GetValue(_json));
        var found = new HashSet<long>();
        await using var queue = await OpenQueue.OpenAsync(_host, cancellationToken);
        await foreach (var item in queue.Store.Queue.FindAsync(filter, cancellationToken))
        {
            found.Add(item.Id);
            output.WriteShort(item);
        }

        var missing = _filter.IsByNumber(parsed) ? _filter.Ids(parsed).Where(id => !found.Contains(id)) : [];
        return (int)output.WriteFailures(missing.Select(QueueItemMissing.Of));
    }
}
