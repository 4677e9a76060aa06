using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Dkim;

/// <summary>A message that gets its signature when it is prepared.</summary>
internal sealed class DkimSignedMessage(IMessageWriter message, DkimSigner signer) : IMessageWriter
{
    public string? MessageId => message.MessageId;

    public async ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken)
    {
        // A hop without 8BITMIME would have to re-encode the parts and break the signature (RFC 6376 §5.3).
        var wire = message is RelayMessage ? format with { EightBit = false } : format;
        var prepared = await message.PrepareAsync(wire, cancellationToken).ConfigureAwait(false);
        var signature = new WireBuffer(2048);
        try
        {
            using var hashing = new DkimHashingStream();
            await prepared.WriteToAsync(hashing, cancellationToken).ConfigureAwait(false);
            DkimSignatureWriter.Write(signature, signer, hashing.Complete(), hashing.BodyHash);
            return new DkimPreparedMessage(signature, prepared);
        }
        catch
        {
            signature.Dispose();
            await prepared.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
