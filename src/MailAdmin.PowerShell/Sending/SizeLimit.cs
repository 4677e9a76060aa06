using MailAdmin.Mime;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// Refuses messages that are larger than the store's options allow, before anything of them goes out.
/// </summary>
internal sealed class SizeLimit(SharedStore store)
{
    private readonly Lazy<Task<long?>> _largest = new(() => LoadAsync(store));

    /// <summary>The message, refused when it is too large.</summary>
    public IMessageWriter Of(IMessageWriter message) => new Limited(message, this);

    private static async Task<long?> LoadAsync(SharedStore store)
    {
        try
        {
            return (await store.ReadOptionsAsync(CancellationToken.None).ConfigureAwait(false)).LargestMessage;
        }
        catch (StoreException)
        {
            // No reason not to send; the history warns of it.
            return null;
        }
    }

    private sealed class Limited(IMessageWriter message, SizeLimit limit) : IMessageWriter
    {
        public string? MessageId => message.MessageId;

        public async ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken)
        {
            var prepared = await message.PrepareAsync(format, cancellationToken).ConfigureAwait(false);
            try
            {
                var largest = await limit._largest.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
                MessageOverLimitException.ThrowIfOver(largest, prepared.Length);
                return prepared;
            }
            catch
            {
                await prepared.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
