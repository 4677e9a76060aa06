using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>
/// The body of a request, written straight to the connection. It knows whether all of it has left: what a server cannot
/// have had as a whole, it cannot have acted upon.
/// </summary>
internal sealed class GraphContent : HttpContent
{
    private readonly long _length;
    private readonly Func<Stream, CancellationToken, ValueTask> _write;

    private GraphContent(string mediaType, long length, Func<Stream, CancellationToken, ValueTask> write)
    {
        _length = length;
        _write = write;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <summary>The octets there are.</summary>
    public long Length => _length;

    /// <summary>True once the last octet was given to the connection.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Told with each piece that left, how many octets were written so far.</summary>
    public Action<long>? Wrote { get; set; }

    /// <summary>Octets that are at hand.</summary>
    public static GraphContent Of(string mediaType, ReadOnlyMemory<byte> octets) =>
        new(mediaType, octets.Length, (stream, cancellationToken) => stream.WriteAsync(octets, cancellationToken));

    /// <summary>Octets that are made while they leave, in base64 without line breaks.</summary>
    /// <param name="mediaType">The type.</param>
    /// <param name="length">How many octets there are before they are encoded.</param>
    /// <param name="write">Writes them.</param>
    public static GraphContent InBase64(
        string mediaType, long length, Func<Stream, CancellationToken, ValueTask> write) =>
        new(mediaType, Base64Length(length), async (stream, cancellationToken) =>
        {
            using var transform = new ToBase64Transform();
            var encoding = new CryptoStream(stream, transform, CryptoStreamMode.Write, leaveOpen: true);
            await using (encoding.ConfigureAwait(false))
            {
                await write(encoding, cancellationToken).ConfigureAwait(false);
                await encoding.FlushFinalBlockAsync(cancellationToken).ConfigureAwait(false);
            }
        });

    /// <summary>How long octets become in base64.</summary>
    public static long Base64Length(long octets) => (octets + 2) / 3 * 4;

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var counting = new CountingStream(stream, Wrote);
        await using (counting.ConfigureAwait(false))
        {
            await _write(counting, cancellationToken).ConfigureAwait(false);
        }

        // Set before the connection flushes its buffer: from here on the server may have it all.
        HasLeft = true;
    }

    private sealed class CountingStream(Stream destination, Action<long>? wrote) : WriteOnlyStream
    {
        private long _written;

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await destination.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            _written += buffer.Length;
            wrote?.Invoke(_written);
        }
    }
}
