using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Smtp;

/// <summary>
/// One MAIL FROM … end of data, for one or more recipients (RFC 5321 §3.3). With PIPELINING (RFC 2920) MAIL, RCPT and
/// DATA travel as one group, and that of the next transaction behind the end of this one's message. Every reply of a
/// group is read before any is judged. With CHUNKING (RFC 3030) too, a small message is part of its group.
/// <code>
/// WriteOpening ── OpenAsync ─┬─ true ── WriteContentAsync ── (next.WriteOpening) ── FinishAsync
///                            └─ false: refused, or all done in one group
/// </code>
/// </summary>
internal sealed class SmtpTransaction
{
    // Unread replies pile up while commands are written; RFC 2920 §3.1 wants that bounded. 100 replies of the greatest
    // length fit the smallest receive window in use.
    private const int MaxGroup = 100;

    // A message in its group saves the round trip of DATA, if the server finds the whole group in one read (4,096
    // octets at Postfix). Otherwise it answers in two writes, of which Nagle's algorithm holds the second back where
    // this side's system delays acknowledgements (see PromptStream): 22 messages of 4.2 KB a second instead of 582 of 3
    // KB.
    private const int MaxChunkedGroup = 4096;

    private readonly SmtpClient _client;
    private readonly Envelope _envelope;
    private readonly PreparedMessage _message;
    private readonly MailParameters _parameters;
    private readonly bool _requireAll;
    private readonly bool _mayChunk;
    private readonly SmtpReply?[] _rcptReplies;
    private int _rcptsSent;
    private int _rcptsRead;
    private bool _openingWritten;
    private bool _resetSent;
    private bool _chunked;
    private bool _dataSent;
    private bool _cutOff;
    private bool _endSent;

    internal SmtpTransaction(
        SmtpClient client,
        Envelope envelope,
        ReadOnlyMemory<int> recipients,
        PreparedMessage message,
        MailParameters parameters,
        bool requireAll,
        bool mayChunk)
    {
        _client = client;
        _envelope = envelope;
        Recipients = recipients;
        _message = message;
        _parameters = parameters;
        _requireAll = requireAll;
        _mayChunk = mayChunk && !requireAll && Pipelining && client.Capabilities.Chunking;
        _rcptReplies = new SmtpReply?[recipients.Length];
    }

    /// <summary>Places in the envelope's list.</summary>
    internal ReadOnlyMemory<int> Recipients { get; }

    /// <summary>The reply to MAIL FROM.</summary>
    internal SmtpReply? MailReply { get; private set; }

    /// <summary>
    /// The replies to RCPT TO, in the order of <see cref="Recipients"/>; null where none was asked for.
    /// </summary>
    internal ReadOnlySpan<SmtpReply?> RcptReplies => _rcptReplies;

    /// <summary>The reply to DATA.</summary>
    internal SmtpReply? DataReply { get; private set; }

    /// <summary>The reply to the end of the message; null as long as there is none, or if none was sent.</summary>
    internal SmtpReply? FinalReply { get; private set; }

    /// <summary>
    /// What decided about the recipients that were accepted: the reply to the message, or the refusal of DATA. Null
    /// when nobody was accepted, or when the message was withheld.
    /// </summary>
    internal SmtpReply? Verdict =>
        Accepted == 0 ? null : FinalReply ?? (DataReply is { IsIntermediate: false } ? DataReply : null);

    /// <summary>True when the server may have the whole message, and nothing that it said tells otherwise.</summary>
    internal bool MayHaveArrived =>
        _endSent && MailReply is null or { IsPositive: true } && (Accepted > 0 || _rcptsRead < Recipients.Length);

    /// <summary>How many recipients were accepted so far.</summary>
    internal int Accepted { get; private set; }

    private bool Pipelining => _client.Capabilities.Pipelining;

    /// <summary>
    /// True when a recipient was refused only because the transaction has enough of them (RFC 5321 §4.5.3.1.10).
    /// </summary>
    internal static bool IsTooMany(SmtpReply reply) => reply.Enhanced is { } enhanced
        ? enhanced is { Subject: 5, Detail: 3 } && !reply.IsPositive
        : reply.Code == 452;

    /// <summary>Puts the first group into the connection's output; nothing is sent yet.</summary>
    /// <exception cref="SmtpCommandFormatException">A command must not be sent; the output is as before.</exception>
    internal void WriteOpening()
    {
        var commands = _client.Commands;
        if (_client.NeedsReset)
        {
            commands.Rset();
            _resetSent = true;
        }

        if (Pipelining || !_resetSent)
        {
            commands.MailFrom(_envelope.ReversePath, _parameters);
        }

        if (Pipelining)
        {
            ComposeRecipients(MaxGroup, _mayChunk);
        }

        _client.WriteComposed();
        _openingWritten = true;
    }

    /// <summary>Goes as far as DATA.</summary>
    /// <returns>True when the server waits for the message.</returns>
    internal async ValueTask<bool> OpenAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (!_openingWritten)
        {
            WriteOpening();
        }

        if (_chunked)
        {
            _endSent = await _client.WriteContentAsync(_message, chunked: true, progress, cancellationToken)
                .ConfigureAwait(false);
        }

        await _client.FlushAsync(SmtpStage.MailFrom, cancellationToken).ConfigureAwait(false);
        if (_resetSent)
        {
            await FinishResetAsync(cancellationToken).ConfigureAwait(false);
        }

        MailReply = await _client.ReadReplyAsync(SmtpStage.MailFrom, cancellationToken).ConfigureAwait(false);
        Check(MailReply, SmtpStage.MailFrom);
        await ReadGroupAsync(cancellationToken).ConfigureAwait(false);
        if (_chunked)
        {
            // What a server keeps of a refused chunk's transaction is left open by RFC 3030 §2.
            FinalReply = await ReadFinalAsync(cancellationToken).ConfigureAwait(false);
            _client.NeedsReset = !FinalReply.IsPositive;
            return false;
        }

        while (MailReply.IsPositive && _rcptsSent < Recipients.Length && !EnoughForServer)
        {
            ComposeRecipients(Pipelining ? MaxGroup : 1, mayChunk: false);
            _client.WriteComposed();
            await _client.FlushAsync(SmtpStage.RcptTo, cancellationToken).ConfigureAwait(false);
            await ReadGroupAsync(cancellationToken).ConfigureAwait(false);
        }

        return await DecideAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes the message and its end; the last octets wait in the output for <see cref="FinishAsync"/>.
    /// </summary>
    internal async ValueTask WriteContentAsync(IProgress<long>? progress, CancellationToken cancellationToken) =>
        _cutOff = !await _client.WriteContentAsync(_message, chunked: false, progress, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Sends the end of the message, with what was written behind it, and reads the reply to it.</summary>
    internal async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_cutOff)
        {
            var reply = await ReadFinalAsync(cancellationToken).ConfigureAwait(false);
            FinalReply = reply.IsPositive ? throw SmtpProtocolException.Unexpected(reply, SmtpStage.Content) : reply;
            return;
        }

        _endSent = true;
        await _client.FlushAsync(SmtpStage.Content, cancellationToken).ConfigureAwait(false);
        FinalReply = await ReadFinalAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After one recipient too many the others need not be asked: they go with another transaction.</summary>
    private bool EnoughForServer => Accepted > 0 && _rcptReplies[_rcptsRead - 1] is { } last && IsTooMany(last);

    private void ComposeRecipients(int atMost, bool mayChunk)
    {
        var recipients = Recipients.Span;
        var end = Math.Min(recipients.Length, _rcptsSent + atMost);
        while (_rcptsSent < end)
        {
            _client.Commands.RcptTo(_envelope.Recipients[recipients[_rcptsSent++]], _client.Capabilities.Dsn);
        }

        if (!Pipelining || _requireAll || end < recipients.Length)
        {
            return;
        }

        _chunked = mayChunk && _client.Commands.LengthWithLastChunk(_message.Length) <= MaxChunkedGroup;
        if (_chunked)
        {
            _client.Commands.LastChunk(_message.Length);
        }
        else
        {
            _client.Commands.Data();
            _dataSent = true;
        }
    }

    private async ValueTask FinishResetAsync(CancellationToken cancellationToken)
    {
        Check(await _client.ReadReplyAsync(SmtpStage.Rset, cancellationToken).ConfigureAwait(false), SmtpStage.Rset);
        _client.NeedsReset = false;
        if (!Pipelining)
        {
            _client.Commands.MailFrom(_envelope.ReversePath, _parameters);
            _client.WriteComposed();
            await _client.FlushAsync(SmtpStage.MailFrom, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadGroupAsync(CancellationToken cancellationToken)
    {
        for (; _rcptsRead < _rcptsSent; _rcptsRead++)
        {
            var reply = await _client.ReadReplyAsync(SmtpStage.RcptTo, cancellationToken).ConfigureAwait(false);
            Check(reply, SmtpStage.RcptTo);
            _rcptReplies[_rcptsRead] = reply;
            Accepted += reply.IsPositive ? 1 : 0;
        }

        if (_dataSent)
        {
            DataReply = await _client.ReadReplyAsync(SmtpStage.Data, cancellationToken).ConfigureAwait(false);
            ThrowIfClosing(DataReply, SmtpStage.Data);
        }
    }

    private async ValueTask<bool> DecideAsync(CancellationToken cancellationToken)
    {
        var wanted = MailReply!.IsPositive && Accepted > 0 && !(_requireAll && Accepted < Recipients.Length);
        if (wanted && !_dataSent)
        {
            _client.Commands.Data();
            DataReply = await _client.AskAsync(SmtpStage.Data, cancellationToken).ConfigureAwait(false);
            ThrowIfClosing(DataReply, SmtpStage.Data);
        }

        if (DataReply is { IsIntermediate: true })
        {
            if (!wanted)
            {
                await SendNothingAsync(cancellationToken).ConfigureAwait(false);
            }

            return wanted;
        }

        _client.NeedsReset = MailReply.IsPositive;
        return DataReply is { IsPositive: true }
            ? throw SmtpProtocolException.Unexpected(DataReply, SmtpStage.Data)
            : false;
    }

    /// <summary>A server that says 354 although it refused everybody wants an empty message (RFC 2920 §3.1).</summary>
    private async ValueTask SendNothingAsync(CancellationToken cancellationToken)
    {
        _client.Connection.Write(".\r\n"u8);
        await _client.FlushAsync(SmtpStage.EndOfData, cancellationToken).ConfigureAwait(false);
        await _client.ReadReplyAsync(SmtpStage.EndOfData, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The reply to the message; here 421 is a verdict as any other.</summary>
    private async ValueTask<SmtpReply> ReadFinalAsync(CancellationToken cancellationToken)
    {
        var reply = await _client.ReadReplyAsync(SmtpStage.EndOfData, cancellationToken).ConfigureAwait(false);
        return reply.IsIntermediate ? throw SmtpProtocolException.Unexpected(reply, SmtpStage.EndOfData) : reply;
    }

    private void Check(SmtpReply reply, SmtpStage stage)
    {
        ThrowIfClosing(reply, stage);
        if (reply.IsIntermediate)
        {
            throw SmtpProtocolException.Unexpected(reply, stage);
        }
    }

    private void ThrowIfClosing(SmtpReply reply, SmtpStage stage)
    {
        if (reply.ClosesSession)
        {
            // A server that leaves here does not read the chunk behind.
            _endSent = false;
            throw new SmtpCommandException(stage, reply);
        }
    }
}
