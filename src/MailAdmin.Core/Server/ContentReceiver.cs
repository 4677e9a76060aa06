namespace MailAdmin.Server;

/// <summary>
/// Receives the content of one message after the other, by DATA or by BDAT, and watches its limits. The owner of the
/// connection may take octets out of <see cref="Content"/> at any time.
/// </summary>
internal sealed class ContentReceiver(long maxSize) : IDisposable
{
    private readonly DataContentReader _data = new();
    private readonly ChunkContentReader _chunk = new();

    public PooledBuffer Content { get; } = new();

    /// <summary>Counts the messages that were begun, so that content that was taken out can be told apart.</summary>
    public int MessageNumber { get; private set; }

    /// <summary>Octets as they travelled.</summary>
    public long WireOctets { get; private set; }

    /// <summary>Octets of content, without stuffed dots.</summary>
    public long Size { get; private set; }

    public bool IsTooLarge => Size > maxSize;

    public bool HasBareNewline => _data.HasBareNewline || _chunk.HasBareNewline;

    /// <summary>True when the final dot has come.</summary>
    public bool IsDataComplete => _data.IsComplete;

    public bool IsChunkComplete => _chunk.Remaining == 0;

    /// <summary>True while octets are counted and dropped.</summary>
    public bool Drops { get; set; }

    public void BeginMessage()
    {
        MessageNumber++;
        WireOctets = Size = 0;
        Drops = false;
        _data.Reset();
        _chunk.Reset();
        Content.Clear();
    }

    public void BeginChunk(long octets) => _chunk.BeginChunk(octets);

    public void EndChunks() => _chunk.EndMessage();

    /// <summary>Reads on, at most to the end of the content or the chunk; returns how many octets it took.</summary>
    public int Read(ReadOnlySpan<byte> input, bool isChunk)
    {
        var before = Content.Length;
        var target = Drops || IsTooLarge ? null : Content;
        var taken = isChunk ? _chunk.Read(input, target) : _data.Read(input, target);
        WireOctets += taken;
        Size += Content.Length - before;
        if (IsTooLarge)
        {
            Content.Clear();
        }

        return taken;
    }

    public void Dispose() => Content.Dispose();
}
