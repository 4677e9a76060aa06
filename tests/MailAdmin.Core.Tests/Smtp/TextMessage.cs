using System.Text;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Smtp;

/// <summary>A message of given octets, written in pieces of a given size.</summary>
internal sealed class TextMessage(string content, int pieceSize = int.MaxValue) : IMessageWriter
{
    private readonly byte[] _octets = Encoding.UTF8.GetBytes(content);

    public string? MessageId => "1@example.com";

    public bool IsEightBit { get; init; }

    public bool UsesUtf8Headers { get; init; }

    /// <summary>What the length is said to be, when that is not true.</summary>
    public long? ClaimedLength { get; init; }

    /// <summary>What happens behind the last octet instead of an end.</summary>
    public Exception? Fault { get; init; }

    /// <summary>The formats it was prepared for.</summary>
    public List<WireFormat> Formats { get; } = [];

    public int Disposed { get; private set; }

    public ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken)
    {
        Formats.Add(format);
        return ValueTask.FromResult<PreparedMessage>(new Prepared(this, pieceSize));
    }

    private sealed class Prepared(TextMessage message, int pieceSize) : PreparedMessage
    {
        public override long Length => message.ClaimedLength ?? message._octets.Length;

        public override bool IsEightBit => message.IsEightBit;

        public override bool UsesUtf8Headers => message.UsesUtf8Headers;

        public override async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
        {
            for (var i = 0; i < message._octets.Length; i += Math.Min(pieceSize, message._octets.Length - i))
            {
                var size = Math.Min(pieceSize, message._octets.Length - i);
                await destination.WriteAsync(message._octets.AsMemory(i, size), cancellationToken);
            }

            if (message.Fault is not null)
            {
                throw message.Fault;
            }
        }

        public override ValueTask DisposeAsync()
        {
            message.Disposed++;
            return base.DisposeAsync();
        }
    }
}
