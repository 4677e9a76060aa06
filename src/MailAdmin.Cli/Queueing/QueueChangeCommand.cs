using System.CommandLine;
using MailAdmin.Cli.Output;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary>The base of the commands that do the same with messages of the queue; many share a commit.</summary>
internal abstract class QueueChangeCommand : Command
{
    private const int Group = 100;

    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly QueueFilterOptions _filter = new();

    protected QueueChangeCommand(string name, string description, CliHost host, Option<bool> json)
        : base(name, description)
    {
        _host = host;
        _json = json;
        _filter.AddTo(this);
        Add(json);
        SetAction(RunAsync);
    }

    /// <summary>What has been done, as a word behind the number.</summary>
    protected abstract string Done { get; }

    /// <summary>Does it, and returns those that it was done with.</summary>
    protected abstract Task<IReadOnlyList<long>> ChangeAsync(
        ParseResult parsed, IMailStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>The message to show for one that was changed.</summary>
    protected abstract QueueItem Shown(QueueItem before, QueueItem? after);

    /// <summary>Why it was not done with a message that is there.</summary>
    protected abstract CliException Refuse(QueueItem item);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!_filter.IsGiven(parsed))
        {
            throw CliException.Usage(
                "It is not said which messages are meant.", "Give their numbers, or an option such as --state failed.");
        }

        var filter = _filter.Read(parsed);
        var output = new QueueItemOutput(_host, parsed.GetValue(_json));
        var worst = ExitCode.Ok;
        await using var queue = await OpenQueue.OpenAsync(_host, cancellationToken);
        var found = await queue.FindAsync(filter, cancellationToken);
        foreach (var group in found.Chunk(Group))
        {
            var code = await ChangeAsync(parsed, queue, group, output, cancellationToken);
            worst = ExitCodes.Worse(worst, code);
        }

        var there = found.Select(item => item.Id).ToHashSet();
        var missing = _filter.IsByNumber(parsed) ? _filter.Ids(parsed).Where(id => !there.Contains(id)) : [];
        return (int)ExitCodes.Worse(worst, output.WriteFailures(missing.Select(QueueItemMissing.Of)));
    }

    private async Task<ExitCode> ChangeAsync(
        ParseResult parsed,
        OpenQueue queue,
        QueueItem[] items,
        QueueItemOutput output,
        CancellationToken cancellationToken)
    {
        long[] ids = [.. items.Select(item => item.Id)];
        var changed = (await ChangeAsync(parsed, queue.Store, ids, cancellationToken)).ToHashSet();
        var found = await queue.FindAsync(new QueueFilter { Ids = ids }, cancellationToken);
        var now = found.ToDictionary(item => item.Id);
        foreach (var item in items.Where(item => changed.Contains(item.Id)))
        {
            output.WriteChanged(Shown(item, now.GetValueOrDefault(item.Id)), Done);
        }

        return output.WriteFailures(
            from item in items
            where !changed.Contains(item.Id)
            select now.TryGetValue(item.Id, out var left) ? Refuse(left) : QueueItemMissing.Of(item.Id));
    }
}
