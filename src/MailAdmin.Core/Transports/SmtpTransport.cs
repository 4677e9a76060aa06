using System.Runtime.CompilerServices;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Sends through one SMTP server, the first of the route's that gives a session, over one connection, which is kept
/// between messages and replaced once for a message when it turns out to be broken. A message whose last octet has left
/// is never sent again by itself, whatever becomes of the reply. A login that the server refused for good is not tried
/// again by the same transport, as each try could bring the account nearer to being locked. A token that ends is
/// replaced by a new one, with a new session.
/// </summary>
public sealed class SmtpTransport : IMailTransport
{
    // A server may have closed a connection that was idle. A message that goes out in one group would be lost in doubt
    // then, where one that waits for the reply to DATA goes over another connection.
    private static readonly TimeSpan MaxIdleForChunk = TimeSpan.FromSeconds(2);

    // RFC 4954 §6. In a session that was logged in with a token, the server looks at the login as over.
    private const int LoginWanted = 530;

    private readonly SmtpRoute _route;
    private readonly LoginKeeper _login;
    private readonly TimeProvider _time;
    private readonly object _queueLock = new();
    private readonly Queue<SmtpDelivery> _queue = new();

    // All that follows belongs to whoever holds the gate: the pump, or who closes.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Queue<SmtpDelivery> _resumed = new();
    private SmtpSession? _session;

    private bool _isPumping;
    private bool _isDisposed;

    /// <summary>Creates a transport; nothing is connected before the first message.</summary>
    /// <param name="route">The server and what is demanded of it.</param>
    /// <param name="dialer">The network.</param>
    /// <param name="transcript">Where to record the dialogue, secrets masked; null for nowhere.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public SmtpTransport(SmtpRoute route, IDialer dialer, ITranscript? transcript = null, TimeProvider? time = null)
    {
        if (route.BatchSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(route));
        }

        _route = route;
        _time = time ?? TimeProvider.System;
        _login = new LoginKeeper(route.Credential, new FailoverConnector(route, dialer, transcript), _time);
    }

    /// <inheritdoc/>
    public Task<DeliveryReport> SendAsync(
        OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
    {
        var delivery = new SmtpDelivery(message, octetsSent, cancellationToken);
        bool isFirst;
        lock (_queueLock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _queue.Enqueue(delivery);
            isFirst = !_isPumping;
            _isPumping = true;
        }

        if (isFirst)
        {
            _ = PumpAsync();
        }

        return cancellationToken.CanBeCanceled ? delivery.Completion.WaitAsync(cancellationToken) : delivery.Completion;
    }

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Waits for the messages that are under way, takes leave and closes; no message is taken any more.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_queueLock)
        {
            _isDisposed = true;
        }

        await CloseAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Works until nothing is waiting. All failures end in the deliveries; it has none of its own.</summary>
    private async Task PumpAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            SmtpAttempt? ahead = null;
            while ((ahead ?? await BeginNextAsync().ConfigureAwait(false)) is { } attempt)
            {
                ahead = await RunAsync(attempt).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<SmtpAttempt?> BeginNextAsync()
    {
        while (TakeDelivery(isIdleOtherwise: true) is { } delivery)
        {
            if (await BeginAsync(delivery, isAhead: false).ConfigureAwait(false) is { } attempt)
            {
                return attempt;
            }
        }

        return null;
    }

    /// <summary>
    /// What is to be sent next; null and, if that is asked for, the end of pumping when there is nothing.
    /// </summary>
    private SmtpDelivery? TakeDelivery(bool isIdleOtherwise)
    {
        while (_resumed.TryDequeue(out var resumed))
        {
            if (!resumed.IsDone && resumed.Recipients.Waiting > 0)
            {
                return resumed;
            }
        }

        lock (_queueLock)
        {
            if (_queue.TryDequeue(out var delivery))
            {
                return delivery;
            }

            if (isIdleOtherwise)
            {
                _isPumping = false;
            }

            return null;
        }
    }

    /// <summary>
    /// Begins the next transaction of a delivery, on a new session if need be. Its first commands are in the output
    /// then, but not sent.
    /// </summary>
    /// <returns>Null when that failed; the delivery is complete then.</returns>
    private async ValueTask<SmtpAttempt?> BeginAsync(SmtpDelivery delivery, bool isAhead)
    {
        delivery.StartedAt ??= _time.GetTimestamp();
        try
        {
            delivery.CancellationToken.ThrowIfCancellationRequested();
            if (delivery.Message.Envelope.Recipients.Count == 0)
            {
                throw new NoRecipientException();
            }

            delivery.Session = await EnsureSessionAsync(delivery.CancellationToken).ConfigureAwait(false);
            await delivery.PrepareAsync(_session!.Server ?? _route.Server).ConfigureAwait(false);
            var mayChunk = !isAhead && _time.GetElapsedTime(_session.LastUsedAt) < MaxIdleForChunk;
            return new SmtpAttempt(delivery, delivery.BeginTransaction(_route, mayChunk));
        }
        catch (MailException e)
        {
            delivery.Recipients.GiveUp(e, asked: false);
            await SettleAsync(delivery, (e as SmtpException)?.Stage ?? (_session is null ? _login.Stage : null))
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await delivery.FaultAsync(e).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Runs a transaction to its end and begins another behind it where the server allows that.</summary>
    private async ValueTask<SmtpAttempt?> RunAsync(SmtpAttempt attempt)
    {
        var (delivery, transaction) = attempt;
        var token = delivery.CancellationToken;
        SmtpAttempt? ahead = null;
        try
        {
            var isOpen = await transaction.OpenAsync(delivery.Progress, token).ConfigureAwait(false);
            if (_session!.Token is not null && transaction.MailReply is { Code: LoginWanted } over)
            {
                throw new SmtpCommandException(SmtpStage.MailFrom, over);
            }

            if (isOpen)
            {
                await transaction.WriteContentAsync(delivery.Progress, token).ConfigureAwait(false);
                ahead = await BeginAheadAsync(delivery).ConfigureAwait(false);
                await transaction.FinishAsync(token).ConfigureAwait(false);
            }

            delivery.OpenTransactions--;
            delivery.Recipients.Apply(transaction, _route.RequireAllRecipients);
            _session.LastUsedAt = _time.GetTimestamp();
            await SettleAsync(delivery, _session.Client.Stage).ConfigureAwait(false);
            if (_session.Client.IsOpen)
            {
                return ahead;
            }

            await DropAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var stage = _session!.Client.Stage;
            await DropAsync().ConfigureAwait(false);
            delivery.OpenTransactions--;
            await RecoverAsync(attempt, e, stage).ConfigureAwait(false);
        }

        if (ahead is { } lost)
        {
            lost.Delivery.OpenTransactions--;
            lost.Delivery.Recipients.Return(lost.Transaction.Recipients.Span);
            _resumed.Enqueue(lost.Delivery);
        }

        return null;
    }

    /// <summary>The end of a message and the next MAIL, RCPT and DATA may be one group (RFC 2920 §3.1).</summary>
    private ValueTask<SmtpAttempt?> BeginAheadAsync(SmtpDelivery current)
    {
        if (!_session!.Client.Capabilities.Pipelining || !_session.TakesMore || _login.IsEnding(_session))
        {
            return default;
        }

        var next = current.Recipients.Waiting > 0 ? current : TakeDelivery(isIdleOtherwise: false);
        return next is null ? default : BeginAsync(next, isAhead: true);
    }

    /// <summary>The session broke during a transaction, or had to be broken.</summary>
    private async ValueTask RecoverAsync(SmtpAttempt attempt, Exception cause, SmtpStage stage)
    {
        var (delivery, transaction) = attempt;
        if (cause is not MailException failure)
        {
            await delivery.FaultAsync(cause).ConfigureAwait(false);
            return;
        }

        if (transaction.MayHaveArrived)
        {
            delivery.Recipients.ApplyUnknown(transaction, failure);
        }
        else
        {
            delivery.Recipients.Return(transaction.Recipients.Span);
            if (delivery.WasRetried || !IsLostSession(failure))
            {
                delivery.Recipients.GiveUp(failure, asked: true);
            }

            delivery.WasRetried = true;
        }

        await SettleAsync(delivery, stage).ConfigureAwait(false);
    }

    private static bool IsLostSession(MailException failure) =>
        failure is ConnectionLostException
            or SmtpCommandException { Reply.ClosesSession: true }
            or SmtpCommandException { Reply.Code: LoginWanted, Stage: SmtpStage.MailFrom };

    /// <summary>Goes on with a delivery that has more to do, and reports one that has not.</summary>
    private ValueTask SettleAsync(SmtpDelivery delivery, SmtpStage? stage)
    {
        if (delivery.Recipients.Waiting > 0)
        {
            _resumed.Enqueue(delivery);
        }
        else if (delivery.OpenTransactions == 0)
        {
            return delivery.CompleteAsync(_route, stage, _time);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask<SmtpSession> EnsureSessionAsync(CancellationToken cancellationToken)
    {
        if (_session is { TakesMore: true } &&
            await _login.IsGoodAsync(_session, cancellationToken).ConfigureAwait(false))
        {
            return _session;
        }

        await LeaveAsync(cancellationToken).ConfigureAwait(false);
        _session = await _login.ConnectAsync(cancellationToken).ConfigureAwait(false);
        _session.LastUsedAt = _time.GetTimestamp();
        return _session;
    }

    private async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session)
        {
            _session = null;
            await session.QuitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask DropAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
