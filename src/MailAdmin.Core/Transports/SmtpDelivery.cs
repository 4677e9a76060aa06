using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>One message on its way through a transport, and the promise to its caller.</summary>
internal sealed class SmtpDelivery(
    OutgoingMessage message, IProgress<long>? progress, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<DeliveryReport> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private PreparedMessage? _prepared;
    private WireFormat _format;
    private long _size;

    internal OutgoingMessage Message { get; } = message;

    internal IProgress<long>? Progress { get; } = progress;

    internal CancellationToken CancellationToken { get; } = cancellationToken;

    internal RecipientLedger Recipients { get; } = new(message.Envelope.Recipients);

    internal Task<DeliveryReport> Completion => _completion.Task;

    internal bool IsDone => _completion.Task.IsCompleted;

    /// <summary>When work on it began, by the transport's clock; null before.</summary>
    internal long? StartedAt { get; set; }

    /// <summary>True once a broken session was replaced for its sake: that happens once.</summary>
    internal bool WasRetried { get; set; }

    /// <summary>Transactions that were begun and not judged yet.</summary>
    internal int OpenTransactions { get; set; }

    /// <summary>The session that was used last; null before.</summary>
    internal SmtpSession? Session { get; set; }

    /// <summary>Gets the message ready for the session's server.</summary>
    /// <exception cref="MailException">It cannot go through this server.</exception>
    internal async ValueTask PrepareAsync(string server)
    {
        var offered = Session!.Client.Capabilities;
        var envelope = Message.Envelope;
        if (!offered.SmtpUtf8 && envelope.RequiresSmtpUtf8)
        {
            var address = envelope.ReversePath is { RequiresSmtpUtf8: true } sender
                ? sender
                : envelope.Recipients.First(r => r.Address.RequiresSmtpUtf8).Address;
            throw new SmtpUtf8NotOfferedException(server, address.ToString());
        }

        var format = new WireFormat(offered.EightBitMime, offered.SmtpUtf8);
        if (_prepared is null || format != _format)
        {
            await ReleaseAsync().ConfigureAwait(false);
            _prepared = await Message.Content.PrepareAsync(format, CancellationToken).ConfigureAwait(false);
            _format = format;
            _size = _prepared.Length;
        }

        if (_size > offered.MaxMessageSize)
        {
            throw new MessageTooLargeException(_size, offered.MaxMessageSize.Value);
        }
    }

    /// <summary>
    /// Takes as many of the waiting recipients as fit, and writes the beginning of their transaction.
    /// </summary>
    /// <exception cref="RecipientLimitException">All are required, and they do not fit.</exception>
    internal SmtpTransaction BeginTransaction(SmtpRoute route, bool mayChunk)
    {
        var client = Session!.Client;
        var offered = client.Capabilities;
        var atMost = Math.Min(route.BatchSize ?? int.MaxValue, offered.Limits.RcptMax ?? int.MaxValue);
        var batch = Recipients.TakeBatch(atMost, offered.Limits.RcptDomainMax ?? int.MaxValue);
        try
        {
            if (route.RequireAllRecipients && Recipients.Waiting > 0)
            {
                throw new RecipientLimitException(batch.Length + Recipients.Waiting, batch.Length);
            }

            var parameters = new MailParameters
            {
                Size = offered.Size ? _size : null,
                EightBitMime = offered.EightBitMime && _prepared!.IsEightBit,
                SmtpUtf8 = offered.SmtpUtf8 && (_prepared!.UsesUtf8Headers || Message.Envelope.RequiresSmtpUtf8),
                Return = offered.Dsn ? Message.Envelope.Return : DsnReturn.Unspecified,
                EnvelopeId = offered.Dsn ? Message.Envelope.EnvelopeId : null,
            };
            var transaction = new SmtpTransaction(
                client, Message.Envelope, batch, _prepared!, parameters, route.RequireAllRecipients, mayChunk);
            transaction.WriteOpening();
            Session.CountTransaction();
            OpenTransactions++;
            return transaction;
        }
        catch (SmtpException)
        {
            Recipients.Return(batch);
            throw;
        }
    }

    /// <summary>Reports; no recipient may be waiting.</summary>
    /// <param name="route">The way it went.</param>
    /// <param name="stage">
    /// How far the session came; with pipelining that is behind the command which decided, whose failure knows its own.
    /// </param>
    /// <param name="time">The transport's clock.</param>
    internal async ValueTask CompleteAsync(SmtpRoute route, SmtpStage? stage, TimeProvider time)
    {
        await ReleaseAsync().ConfigureAwait(false);
        _completion.TrySetResult(new DeliveryReport
        {
            Status = Recipients.Status,
            Method = route.Method,
            Server = Session?.Server ?? route.Server,
            RemoteAddress = Session?.Client.Connection.RemoteEndPoint,
            TlsProtocol = Session?.Client.Connection.Tls?.Protocol,
            Reply = Recipients.LastReply,
            Stage = (Recipients.Error as SmtpException)?.Stage ?? stage,
            MessageId = Message.Content.MessageId,
            Recipients = Recipients.Outcomes,
            Duration = time.GetElapsedTime(StartedAt!.Value),
            Size = _size,
            Error = Recipients.Error,
            Warnings = Warnings,
        });
    }

    /// <summary>Ends with what is no outcome: cancellation, or a fault of this program.</summary>
    internal async ValueTask FaultAsync(Exception exception)
    {
        await ReleaseAsync().ConfigureAwait(false);
        if (exception is OperationCanceledException && CancellationToken.IsCancellationRequested)
        {
            _completion.TrySetCanceled(CancellationToken);
        }
        else
        {
            _completion.TrySetException(exception);
        }
    }

    private bool WantsReports =>
        Message.Envelope.Return != DsnReturn.Unspecified ||
        Message.Envelope.Recipients.Any(r => r.Notify != DsnNotify.Unspecified);

    private IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = Session?.Warnings ?? [];
            return Session is { Client.Capabilities.Dsn: false } && WantsReports
                ? [.. warnings, "The server does not offer delivery reports (DSN); it was not asked for any."]
                : warnings;
        }
    }

    private async ValueTask ReleaseAsync()
    {
        if (_prepared is { } prepared)
        {
            _prepared = null;
            await prepared.DisposeAsync().ConfigureAwait(false);
        }
    }
}
