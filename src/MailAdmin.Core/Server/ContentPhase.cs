using MailAdmin.Net;

namespace MailAdmin.Server;

/// <summary>
/// What comes between DATA or BDAT and its last reply (RFC 5321 §4.1.1.4, RFC 3030 §2): octets that are no commands,
/// with the faults that may strike among them and at their end.
/// </summary>
internal sealed class ContentPhase(
    SmtpTestServerOptions options,
    SmtpDialogue dialogue,
    ReplyWriter replies,
    FaultInjector faults,
    LineReader input,
    CommandTranscript? transcript) : IDisposable
{
    private bool _isChunk;
    private bool _isLastChunk;
    private bool _isAnswered;
    private Fault? _waiting;
    private StockReply? _chunkRefusal;

    public ContentReceiver Receiver { get; } = new(options.MaxMessageSize);

    /// <summary>True while octets of content are expected, not a command.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Begins the content behind DATA.</summary>
    public void BeginData()
    {
        _isChunk = _isAnswered = false;
        IsActive = true;
        Receiver.BeginMessage();
        _waiting = faults.BeginContent();
    }

    /// <summary>Begins the octets behind BDAT. They are read in any case; the reply follows them.</summary>
    /// <param name="arguments">Of the command.</param>
    /// <param name="struck">What a fault made of the command.</param>
    public SessionAction? BeginChunk(ReadOnlySpan<byte> arguments, SessionAction? struck)
    {
        if (struck is not (null or SessionAction.Flush))
        {
            return struck;
        }

        var isOffered = options.Offers(SmtpServerExtensions.Chunking);
        if (!isOffered || !ChunkArguments.TryParse(arguments, out var chunk))
        {
            if (struck is null)
            {
                replies.Write(isOffered ? StockReply.BadChunk : StockReply.CommandNotOffered);
            }

            return null;
        }

        _chunkRefusal = dialogue.CheckChunk();
        if (_chunkRefusal is not null)
        {
            Receiver.BeginMessage();
            _waiting = null;
        }
        else if (!dialogue.Transaction!.HasChunks)
        {
            BeginData();
        }

        IsActive = _isChunk = true;
        _isLastChunk = chunk.IsLast;
        _isAnswered = struck is not null;
        Receiver.Drops |= _isAnswered || _chunkRefusal is not null;
        Receiver.BeginChunk(chunk.Octets);
        if (dialogue.Transaction is { } transaction)
        {
            transaction.HasChunks = true;
            transaction.HasFailed |= _isAnswered;
        }

        return null;
    }

    /// <summary>Reads on; null when there may be more to do at once.</summary>
    public SessionAction? Read()
    {
        if (_waiting is { } fault && Receiver.WireOctets >= fault.AfterOctets && Strike(fault) is { } end)
        {
            return end;
        }

        if (_isChunk && Receiver.IsChunkComplete)
        {
            return EndChunk();
        }

        var octets = input.Unread.Span;
        if (octets.IsEmpty)
        {
            return SessionAction.Read;
        }

        if (_waiting is { } waiting)
        {
            octets = octets[..(int)Math.Min(octets.Length, waiting.AfterOctets - Receiver.WireOctets)];
        }

        input.Take(Receiver.Read(octets, _isChunk));
        return !_isChunk && Receiver.IsDataComplete ? EndContent() : null;
    }

    /// <summary>Forgets the message; the next command may come.</summary>
    public void EndMessage()
    {
        dialogue.EndTransaction();
        Receiver.Content.Clear();
        replies.Replacement = null;
    }

    public void Dispose() => Receiver.Dispose();

    private SessionAction? Strike(Fault fault)
    {
        _waiting = null;
        var struck = faults.StrikeContent(fault);
        if (struck is not (null or SessionAction.Flush))
        {
            return struck == SessionAction.Stall ? SessionAction.StallUnread : struck;
        }

        _isAnswered |= struck is not null && fault.Kind == FaultKind.Reply;
        Receiver.Drops |= _isAnswered;
        return null;
    }

    private SessionAction? EndChunk()
    {
        if (_isLastChunk && _chunkRefusal is null)
        {
            Receiver.EndChunks();
            return EndContent();
        }

        IsActive = false;
        var refusal = _chunkRefusal ?? (Receiver.IsTooLarge ? StockReply.TooLarge : null);
        if (!_isAnswered)
        {
            replies.Write(refusal ?? StockReply.ChunkOk);
        }

        if (refusal is not null && dialogue.Transaction is { } transaction)
        {
            transaction.HasFailed = true;
        }

        replies.Replacement = null;
        return null;
    }

    private SessionAction? EndContent()
    {
        IsActive = false;
        transcript?.Content(Receiver.WireOctets);
        var struck = _isAnswered ? SessionAction.Flush : faults.Strike(FaultStep.EndOfData, successClass: 2);
        if (struck is not (null or SessionAction.Flush))
        {
            return struck;
        }

        var refusal =
            Receiver.IsTooLarge ? StockReply.TooLarge
            : Receiver.HasBareNewline && !options.AllowBareNewlines ? StockReply.BareNewline
            : null;
        if (struck is null && refusal is null)
        {
            return SessionAction.Store;
        }

        if (struck is null)
        {
            replies.Write(refusal!);
        }

        EndMessage();
        return null;
    }
}
