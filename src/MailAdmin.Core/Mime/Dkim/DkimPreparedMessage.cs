using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Dkim;

/// <summary>The signature, and behind it the message.</summary>
internal sealed class DkimPreparedMessage(WireBuffer signature, PreparedMessage message) : PreparedMessage
{
    public override long Length => signature.Length + message.Length;

    public override bool IsEightBit => message.IsEightBit;

    public override bool UsesUtf8Headers => message.UsesUtf8Headers;

    public override async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(signature.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await message.WriteToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        signature.Dispose();
        await message.DisposeAsync().ConfigureAwait(false);
    }
}
