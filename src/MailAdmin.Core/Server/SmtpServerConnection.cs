using System.Net.Security;
using System.Net.Sockets;
using MailAdmin.Net;

namespace MailAdmin.Server;

/// <summary>Carries octets between one client and its session, and does what the session asks for.</summary>
internal sealed class SmtpServerConnection : IAsyncDisposable
{
    private const int SlowStepsPerSecond = 10;
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    private readonly SmtpTestServerOptions _options;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Socket _socket;
    private readonly Connection _connection;
    private readonly ITranscript? _transcript;
    private readonly SmtpServerSession _session;
    private readonly MessageIntake _intake;
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<StockReply> _farewell =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<ReadOnlyMemory<byte>>? _pendingRead;
    private long _lastActivity;
    private volatile bool _isStopping;

    public SmtpServerConnection(
        SmtpTestServerOptions options,
        SslServerAuthenticationOptions? tls,
        Socket socket,
        SmtpSessionInfo info,
        FaultCounter faults,
        MessageFolder? folder,
        MessageLog log)
    {
        _options = options;
        _tls = tls;
        _socket = socket;
        _connection = Connection.FromSocket(socket, $"{info.RemoteEndPoint}", transcript: null, options.Time);
        _transcript = options.Transcript?.Invoke(info);
        _session = new SmtpServerSession(options, info, faults, _transcript);
        _intake = new MessageIntake(options, info, folder, log);
        _lastActivity = options.Time.GetTimestamp();
    }

    /// <summary>How long nothing came or went.</summary>
    public TimeSpan IdleTime => _options.Time.GetElapsedTime(Volatile.Read(ref _lastActivity));

    /// <summary>
    /// Holds the conversation to its end. A client that breaks off or fails at TLS is no fault of the server.
    /// </summary>
    public async Task RunAsync()
    {
        try
        {
            await ConverseAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is MailException or OperationCanceledException)
        {
            _transcript?.Note(e.Message);
        }
    }

    /// <summary>Lets a transaction in progress end, then says farewell; at once when there is none.</summary>
    public void Stop()
    {
        _isStopping = true;
        if (_session.IsIdle)
        {
            Leave(StockReply.Stopping);
        }
    }

    /// <summary>Says farewell as soon as the client is waited for.</summary>
    public void Leave(StockReply farewell) => _farewell.TrySetResult(farewell);

    /// <summary>Ends everything at once.</summary>
    public void Abort() => _abort.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _abort.CancelAsync().ConfigureAwait(false);
        if (_pendingRead is Task reading)
        {
            // It was given up for the farewell, and ends now that it is cancelled.
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
        await _intake.DisposeAsync().ConfigureAwait(false);
        _session.Dispose();
    }

    private async Task ConverseAsync()
    {
        var action = _session.Open();
        while (true)
        {
            if (action != SessionAction.Store)
            {
                await FlushAsync().ConfigureAwait(false);
            }

            switch (action)
            {
                case SessionAction.Read:
                    await _intake.DrainAsync(_session, _abort.Token).ConfigureAwait(false);
                    action = await ReceiveAsync().ConfigureAwait(false)
                        ? _session.Advance()
                        : _session.Close(_farewell.Task.Result);
                    break;
                case SessionAction.Flush:
                    action = _session.Advance();
                    break;
                case SessionAction.Store:
                    action = await _intake.StoreAsync(_session, _abort.Token).ConfigureAwait(false);
                    break;
                case SessionAction.Handshake:
                    action = await SecureAsync().ConfigureAwait(false);
                    break;
                case SessionAction.Reset:
                    _socket.Close(0);
                    return;
                case SessionAction.Close:
                    await CloseAsync().ConfigureAwait(false);
                    return;
                case SessionAction.Stall:
                    await StallAsync().ConfigureAwait(false);
                    return;
                default:
                    await _farewell.Task.WaitAsync(_abort.Token).ConfigureAwait(false);
                    return;
            }
        }
    }

    /// <summary>Reads and feeds the session; false when it is time for the farewell.</summary>
    private async ValueTask<bool> ReceiveAsync()
    {
        if (_isStopping && _session.IsIdle)
        {
            Leave(StockReply.Stopping);
        }

        var rate = _session.OctetsPerSecond;
        var most = rate > 0 ? Math.Max(1, rate / SlowStepsPerSecond) : int.MaxValue;
        var reading = _connection.ReadDataAsync(most, Timeout.InfiniteTimeSpan, _abort.Token);
        if (!reading.IsCompleted)
        {
            var task = reading.AsTask();
            await Task.WhenAny(task, _farewell.Task).ConfigureAwait(false);
            if (!task.IsCompleted)
            {
                _pendingRead = task;
                return false;
            }

            reading = new(task);
        }

        var octets = await reading.ConfigureAwait(false);
        Touch();
        _session.Receive(octets.Span);
        await PaceAsync(octets.Length).ConfigureAwait(false);
        return true;
    }

    private async Task<SessionAction> SecureAsync()
    {
        await _connection.UpgradeToTlsServerAsync(_tls!, _options.IdleTimeout, _abort.Token).ConfigureAwait(false);
        Touch();
        return _session.TlsEstablished(_connection.Tls!.Protocol, _connection.Tls.Certificate);
    }

    private async ValueTask FlushAsync()
    {
        var output = _session.Output.Memory;
        while (!output.IsEmpty)
        {
            var rate = _session.OctetsPerSecond;
            var step = rate > 0 ? Math.Min(output.Length, Math.Max(1, rate / SlowStepsPerSecond)) : output.Length;
            _connection.Write(output.Span[..step]);
            await _connection.FlushAsync(_options.IdleTimeout, _abort.Token).ConfigureAwait(false);
            Touch();
            await PaceAsync(step).ConfigureAwait(false);
            output = output[step..];
        }

        _session.Output.Clear();
    }

    /// <summary>Waits as long as so many octets take at the rate that a fault has set.</summary>
    private Task PaceAsync(int octets) =>
        _session.OctetsPerSecond is > 0 and var rate
            ? Task.Delay(TimeSpan.FromSeconds((double)octets / rate), _options.Time, _abort.Token)
            : Task.CompletedTask;

    private async Task StallAsync()
    {
        // A handshake that nobody takes part in is dropped as all else.
        _connection.ExpectsTlsRecords = true;
        while (await ReceiveAsync().ConfigureAwait(false))
        {
            _session.Drop();
        }
    }

    /// <summary>
    /// Closes the connection so that the last reply arrives: to close with input unread would reset it.
    /// </summary>
    private async Task CloseAsync()
    {
        await _connection.EndTlsAsync().ConfigureAwait(false);
        ShutDown();
        if (_pendingRead is not null)
        {
            return;
        }

        using var linger = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token);
        linger.CancelAfter(LingerTime);
        try
        {
            while (true)
            {
                await _connection.ReadDataAsync(int.MaxValue, LingerTime, linger.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ConnectionLostException or PeerTimeoutException or OperationCanceledException)
        {
            // The client has left, or has had its time to.
        }
    }

    private void ShutDown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }
    }

    private void Touch() => Volatile.Write(ref _lastActivity, _options.Time.GetTimestamp());
}
