using System.Threading.Channels;
using MailAdmin.Storage;

namespace MailAdmin.History;

/// <summary>
/// Writes the history beside the sending: what comes while a commit is under way goes into the next one. A message that
/// was sent stays sent when this fails; the failure is for a warning.
/// </summary>
/// <param name="open">Opens the store, or gives the one that is open. It stays the caller's.</param>
public sealed class HistoryLog(Func<CancellationToken, Task<IMailStore>> open)
{
    // Old records go in passing; what does not fit into this time has its turn the next time.
    private static readonly TimeSpan TidyTime = TimeSpan.FromMilliseconds(250);

    private readonly Channel<HistoryRecord> _waiting = Channel.CreateUnbounded<HistoryRecord>(
        new UnboundedChannelOptions { SingleReader = true });

    private Task<MailException?>? _writing;

    /// <summary>Has a record written, soon.</summary>
    public void Add(HistoryRecord record)
    {
        _waiting.Writer.TryWrite(record);
        _writing ??= Task.Run(WriteAsync);
    }

    /// <summary>Waits until all records are written. Nothing may be added after that.</summary>
    /// <returns>Why some are not; null when all are.</returns>
    public async Task<MailException?> CompleteAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return _writing is null ? null : await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<MailException?> WriteAsync()
    {
        try
        {
            var store = await open(CancellationToken.None).ConfigureAwait(false);
            var batch = new List<HistoryRecord>();
            while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_waiting.Reader.TryRead(out var record))
                {
                    batch.Add(record with { At = record.At ?? await store.NowAsync(default).ConfigureAwait(false) });
                }

                await store.History.AddAsync(batch, CancellationToken.None).ConfigureAwait(false);
                batch.Clear();
            }

            await TidyAsync(store).ConfigureAwait(false);
            return null;
        }
        catch (MailException failure)
        {
            return failure;
        }
    }

    private static async Task TidyAsync(IMailStore store)
    {
        using var time = new CancellationTokenSource(TidyTime);
        try
        {
            await Retention.ApplyAsync(store, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
        }
    }
}
