using System.CommandLine;
using MailAdmin.Cli.Output;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary><c>mailadmin queue show</c>: all that is known of some messages.</summary>
internal sealed class QueueShowCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly Argument<long[]> _ids = new("ID")
    {
        Arity = ArgumentArity.OneOrMore, Description = "The numbers of the messages.",
    };

    public QueueShowCommand(CliHost host, Option<bool> json)
        : base("show", "Shows all that is known of messages in the queue, with the outcome for each recipient.")
    {
        _host = host;
        _json = json;
        Add(_ids);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var ids = parsed.GetValue(_ids)!;
        var output = new QueueItemOutput(_host, parsed.GetValue(_json));
        await using var queue = await OpenQueue.OpenAsync(_host, cancellationToken);
        var items = await queue.FindAsync(new QueueFilter { Ids = ids }, cancellationToken);
        var found = items.ToDictionary(item => item.Id);
        foreach (var id in ids.Where(found.ContainsKey))
        {
            output.WriteLong(found[id]);
        }

        return (int)output.WriteFailures(ids.Where(id => !found.ContainsKey(id)).Select(QueueItemMissing.Of));
    }
}
