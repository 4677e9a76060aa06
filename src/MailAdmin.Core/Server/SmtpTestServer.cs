using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Server;

/// <summary>
/// An SMTP server within this process, for rehearsals and tests: it takes mail and delivers none. By default only this
/// machine can reach it. It needs no thread for a connection.
/// <code>
/// await using var server = await SmtpTestServer.StartAsync(new() { Security = SmtpServerSecurity.StartTls });
/// // … send to server.Endpoint, trusting server.Certificate …
/// var messages = await server.WaitForMessageAsync(1, TimeSpan.FromSeconds(10));
/// </code>
/// </summary>
public sealed class SmtpTestServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestSweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private static readonly IPAddress[] LocalHostAddresses =
        [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Any, IPAddress.IPv6Any];

    private readonly SmtpTestServerOptions _options;
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly X509Certificate2? _certificate;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly MessageFolder? _folder;
    private readonly MessageLog _log;
    private readonly FaultCounter _faults;
    private readonly ConcurrentDictionary<SmtpServerConnection, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _accepting;
    private readonly ITimer _sweep;
    private readonly Lazy<Task> _stopped;
    private int _connectionCount;
    private int _activeCount;

    private SmtpTestServer(SmtpTestServerOptions options)
    {
        options.Validate();
        _options = options;
        _folder = options.Folder is null ? null : MessageFolder.Open(options.Folder);
        _log = new MessageLog(options.MaxMessagesKept, options.Time, options.Nonce()[..8]);
        _faults = new FaultCounter(options.Faults);
        _stopped = new Lazy<Task>(StopOnceAsync);
        if (options.Security != SmtpServerSecurity.None)
        {
            _certificate = options.Certificate
                ?? ServerCertificate.Create(options.HostName, options.Addresses, options.Time.GetUtcNow());
            _tls = TlsOptions(_certificate, options);
            Certificate = new X509Certificate2(_certificate.RawData);
        }

        _listeners = ListeningSockets.Open(options.Addresses, options.Port);
        Endpoints = _listeners.Select(listener => (IPEndPoint)listener.LocalEndPoint!).ToArray();
        _accepting = _listeners.Select(AcceptAsync).ToArray();
        var period = options.IdleTimeout / 4 < LongestSweep ? options.IdleTimeout / 4 : LongestSweep;
        _sweep = options.Time.CreateTimer(_ => DismissIdle(), null, period, period);
    }

    /// <summary>
    /// Raised for each message before its client is told that it was taken; from several threads at once. What a
    /// handler throws ends the connection and comes out of <see cref="StopAsync"/>.
    /// </summary>
    public event Action<ReceivedMessage>? MessageReceived
    {
        add => _log.Added += value;
        remove => _log.Added -= value;
    }

    /// <summary>The first address that the server listens at, with its port.</summary>
    public IPEndPoint Endpoint => Endpoints[0];

    /// <summary>
    /// What a client of this machine takes as the server's name: <c>localhost</c>, or the first address if that is
    /// another one.
    /// </summary>
    public string Server => LocalHostAddresses.Contains(Endpoint.Address) ? "localhost" : Endpoint.Address.ToString();

    /// <summary>The port of <see cref="Endpoint"/>.</summary>
    public int Port => Endpoint.Port;

    /// <summary>All addresses that the server listens at.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; }

    /// <summary>The certificate, without its key, for clients to trust; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The messages that were taken, oldest first, as far as they are kept; a copy of the list.</summary>
    public IReadOnlyList<ReceivedMessage> Messages => _log.Snapshot();

    /// <summary>How many messages were taken since the start, kept or not.</summary>
    public long MessageCount => _log.Count;

    /// <summary>How many clients are connected now.</summary>
    public int ConnectionCount => Volatile.Read(ref _activeCount);

    /// <summary>Starts a server; it is listening when the task completes.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start, not the server.</param>
    /// <exception cref="SmtpTestServerException">
    /// The options make no sense (<c>InvalidServerOptions</c>), or it cannot listen (<c>CannotListen</c>), write
    /// messages (<c>FolderNotUsable</c>) or use the certificate (<c>CertificateWithoutKey</c>).
    /// </exception>
    public static Task<SmtpTestServer> StartAsync(
        SmtpTestServerOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => new SmtpTestServer(options ?? new SmtpTestServerOptions()), cancellationToken);

    /// <summary>Waits until so many messages were taken since the start; returns those that are kept.</summary>
    /// <param name="count">How many.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SmtpTestServerException">Fewer came in time (<c>MessageNotReceived</c>).</exception>
    public async Task<IReadOnlyList<ReceivedMessage>> WaitForMessageAsync(
        int count, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        await _log.WaitAsync(count, timeout, cancellationToken).ConfigureAwait(false);
        return Messages;
    }

    /// <summary>Forgets the messages that are kept in memory; files stay, and the count goes on.</summary>
    public void ClearMessages() => _log.Clear();

    /// <summary>
    /// Stops: no more connections, 421 to idle clients, and for transactions in progress the time that the options
    /// allow. May be called more than once.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, not the stopping.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        _stopped.Value.WaitAsync(cancellationToken);

    /// <summary>As <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await _stopped.Value.ConfigureAwait(false);

    private static SslServerAuthenticationOptions TlsOptions(
        X509Certificate2 certificate, SmtpTestServerOptions options)
    {
        if (!certificate.HasPrivateKey)
        {
            throw new SmtpTestServerException(
                "CertificateWithoutKey",
                MailErrorKind.InvalidInput,
                $"The certificate '{certificate.Subject}' has no private key, so that no server can use it.",
                "Pass a PFX file, or a certificate together with its key.");
        }

        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            EnabledSslProtocols = options.TlsProtocols,
            ClientCertificateRequired = options.RequestClientCertificate,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        };
    }

    private async Task AcceptAsync(Socket listener)
    {
        using (listener)
        {
            try
            {
                while (true)
                {
                    await AcceptOneAsync(listener).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                // The server stops.
            }
        }
    }

    private async Task AcceptOneAsync(Socket listener)
    {
        try
        {
            Serve(await listener.AcceptAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (SocketException)
        {
            // The client has left already, or this process has no descriptor to spare: neither ends the server.
            await Task.Delay(AcceptPause, _options.Time, _stop.Token).ConfigureAwait(false);
        }
    }

    private void Serve(Socket socket)
    {
        if (Volatile.Read(ref _activeCount) >= _options.MaxConnections)
        {
            Refuse(socket);
            return;
        }

        var connection = Begin(socket);
        Interlocked.Increment(ref _activeCount);

        // A conversation may be over before its task is known here; then it must not be put back.
        _connections[connection] = Task.CompletedTask;
        _connections.TryUpdate(connection, ServeAsync(connection), Task.CompletedTask);
    }

    private SmtpServerConnection Begin(Socket socket)
    {
        try
        {
            var info = new SmtpSessionInfo(
                Interlocked.Increment(ref _connectionCount),
                socket.RemoteEndPoint as IPEndPoint,
                socket.LocalEndPoint as IPEndPoint);
            return new SmtpServerConnection(_options, _tls, socket, info, _faults, _folder, _log);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ServeAsync(SmtpServerConnection connection)
    {
        try
        {
            await connection.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            Interlocked.Decrement(ref _activeCount);
        }

        _connections.TryRemove(connection, out _);
    }

    private void Refuse(Socket socket)
    {
        using (socket)
        {
            if (_options.Security != SmtpServerSecurity.Implicit)
            {
                var enhanced = _options.Offers(SmtpServerExtensions.EnhancedStatusCodes);
                socket.Send([.. StockReply.TooManyConnections.Line(enhanced), (byte)'\r', (byte)'\n']);
            }

            socket.Shutdown(SocketShutdown.Send);
        }
    }

    private void DismissIdle()
    {
        foreach (var connection in _connections.Keys)
        {
            if (connection.IdleTime > _options.IdleTimeout)
            {
                connection.Leave(StockReply.IdleTooLong);
            }
        }
    }

    private async Task StopOnceAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_accepting).ConfigureAwait(false);
        foreach (var connection in _connections.Keys)
        {
            connection.Stop();
        }

        var conversations = Task.WhenAll(_connections.Values);
        try
        {
            await conversations.WaitAsync(_options.StopTimeout, _options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            foreach (var connection in _connections.Keys)
            {
                connection.Abort();
            }

            await conversations.ConfigureAwait(false);
        }
        finally
        {
            await _sweep.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
            if (_certificate != _options.Certificate)
            {
                _certificate?.Dispose();
            }
        }
    }
}
