using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>The base of the cmdlets that do the same with items of the queue; many of them share a commit.</summary>
public abstract class QueueItemCmdlet : AsyncPSCmdlet
{
    private const int Group = 100;

    private readonly List<long> _wanted = [];
    private SharedQueue? _queue;

    /// <summary>The numbers of the items; items of Get-EmailQueueItem from the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("QueueId")]
    public long[] Id { get; set; } = [];

    /// <summary>Puts out the items that were changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, as -WhatIf says it.</summary>
    private protected abstract string Action { get; }

    /// <summary>Does it.</summary>
    /// <returns>Those that it was done with.</returns>
    private protected abstract Task<IReadOnlyList<long>> ChangeAsync(
        IMailStore store, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Why it was not done with an item that is there.</summary>
    private protected abstract InputException Refuse(QueueItem item);

    /// <inheritdoc/>
    protected override void Begin() => _queue = new SharedQueue(this);

    /// <inheritdoc/>
    protected override void Process()
    {
        _wanted.AddRange(Id.Where(id => ShouldProcess($"Queue item {id}", Action)));
        if (_wanted.Count >= Group)
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    protected override void End() => Flush();

    /// <inheritdoc/>
    protected override async Task CleanUpAsync()
    {
        if (_queue is not null)
        {
            await _queue.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Flush()
    {
        if (_wanted.Count == 0)
        {
            return;
        }

        var wanted = _wanted.ToArray();
        _wanted.Clear();
        var store = _queue!.Store;
        var before = PassThru ? Find(store, wanted) : [];
        var changed = Await(token => ChangeAsync(store, wanted, token)).ToHashSet();
        var left = wanted.Where(id => !changed.Contains(id)).ToArray();
        var there = left.Length == 0 ? [] : Find(store, left);
        foreach (var id in left)
        {
            var failure = there.TryGetValue(id, out var item)
                ? Refuse(item)
                : new InputException(
                    "QueueItemNotFound",
                    $"There is no item {id} in the queue.",
                    "Get-EmailQueueItem lists those that are there.",
                    MailErrorKind.NotFound);
            WriteError(ErrorRecords.From(failure, id));
        }

        if (PassThru)
        {
            var after = Find(store, [.. changed]);
            foreach (var id in wanted.Where(changed.Contains))
            {
                WriteObject(new EmailQueueItem(after.GetValueOrDefault(id) ?? before[id]));
            }
        }
    }

    private Dictionary<long, QueueItem> Find(IMailStore store, IReadOnlyList<long> ids)
    {
        var found = new Dictionary<long, QueueItem>();
        ForEach(store.Queue.FindAsync(new QueueFilter { Ids = ids }, StopToken), item => found[item.Id] = item);
        return found;
    }
}
