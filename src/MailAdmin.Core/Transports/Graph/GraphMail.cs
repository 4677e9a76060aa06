using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;
using MailAdmin.Transports.Graph.Http;

namespace MailAdmin.Transports.Graph;

/// <summary>
/// A message as it goes to Graph: in its final form, its Bcc field put back, its header fields known. Exchange leaves
/// the Bcc field out of what the others get.
/// </summary>
internal sealed class GraphMail : IAsyncDisposable
{
    private readonly PreparedMessage _prepared;
    private readonly byte[] _bcc;

    private GraphMail(PreparedMessage prepared, IReadOnlyList<HeaderField> fields, GraphEnvelope envelope)
    {
        _prepared = prepared;
        Fields = fields;
        Envelope = envelope;
        _bcc = Bcc(envelope.Hidden);
    }

    /// <summary>The header fields, without Bcc.</summary>
    public IReadOnlyList<HeaderField> Fields { get; }

    /// <summary>Who gets it without being shown.</summary>
    public GraphEnvelope Envelope { get; }

    /// <summary>The octets, the Bcc field included.</summary>
    public long Length => _bcc.Length + _prepared.Length;

    /// <summary>Prepares a message and reads its header.</summary>
    /// <exception cref="MailException">It cannot be composed, or not go as its envelope says.</exception>
    public static async ValueTask<GraphMail> PrepareAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        // It travels in base64, so that any octet may occur.
        var format = new WireFormat(EightBit: true, Utf8Headers: true);
        var prepared = await message.Content.PrepareAsync(format, cancellationToken).ConfigureAwait(false);
        try
        {
            var header = new HeaderStream();
            await using (header.ConfigureAwait(false))
            {
                await prepared.WriteToAsync(header, cancellationToken).ConfigureAwait(false);
            }

            var fields = header.Complete();
            return new GraphMail(prepared, fields, GraphEnvelope.Match(fields, message.Envelope));
        }
        catch
        {
            await prepared.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the message, its Bcc field first. May be called again.</summary>
    public async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(_bcc, cancellationToken).ConfigureAwait(false);
        await _prepared.WriteToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The message as the body of one request.</summary>
    public GraphContent ToContent() => GraphContent.InBase64("text/plain", Length, WriteToAsync);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _prepared.DisposeAsync();

    private static byte[] Bcc(IReadOnlyList<Mailbox> hidden)
    {
        if (hidden.Count == 0)
        {
            return [];
        }

        using var buffer = new WireBuffer(256);
        var writer = new HeaderWriter(buffer, utf8: true);
        writer.Begin("Bcc:"u8);
        AddressWriter.Write(ref writer, hidden);
        writer.End();
        return buffer.Written.ToArray();
    }

    /// <summary>Keeps the header of what is written, and drops the rest.</summary>
    private sealed class HeaderStream : WriteOnlyStream
    {
        private readonly HeaderParser _parser = new();

        public IReadOnlyList<HeaderField> Complete()
        {
            _parser.Complete();
            return _parser.Fields;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_parser.IsComplete)
            {
                _parser.Feed(buffer.Span);
            }

            return ValueTask.CompletedTask;
        }
    }
}
