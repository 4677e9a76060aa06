using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace MailAdmin.Net;

/// <summary>
/// One TCP or TLS connection with pooled buffers; it knows no protocol. Output gathers until <see cref="FlushAsync"/>
/// sends it in one write. One reader and one writer may work at the same time. An operation that is cancelled or runs
/// out of time closes the connection, as nobody can tell any more where in the dialogue it stands.
/// </summary>
public sealed class Connection : IAsyncDisposable
{
    private readonly LineReader _reader = new();
    private readonly OutputBuffer _output = new();
    private readonly TranscriptRecorder? _recorder;
    private readonly TimeProvider _time;
    private readonly OperationTimer _readTimer;
    private readonly OperationTimer _writeTimer;
    private Stream _stream;
    private bool _hasReceived;
    private int _isClosed;

    /// <summary>Takes over an open stream; it is disposed with the connection.</summary>
    /// <param name="stream">The stream, positioned before the first octet of the protocol.</param>
    /// <param name="host">The peer, as the user named it; errors name it.</param>
    /// <param name="remote">The peer's address; null when unknown.</param>
    /// <param name="local">The address on this side; null when unknown.</param>
    /// <param name="transcript">Where to record the dialogue; null for nowhere.</param>
    /// <param name="time">The clock of the time limits; null for the system's.</param>
    public Connection(
        Stream stream,
        string host,
        IPEndPoint? remote,
        IPEndPoint? local,
        ITranscript? transcript = null,
        TimeProvider? time = null)
    {
        _stream = stream;
        Host = host;
        RemoteEndPoint = remote;
        LocalEndPoint = local;
        _recorder = transcript is null ? null : new TranscriptRecorder(transcript);
        _time = time ?? TimeProvider.System;
        _readTimer = new OperationTimer(_time);
        _writeTimer = new OperationTimer(_time);
    }

    /// <summary>The peer, as the user named it.</summary>
    public string Host { get; }

    /// <summary>The peer's address (the proxy's, if there is one); null when unknown.</summary>
    public IPEndPoint? RemoteEndPoint { get; }

    /// <summary>The address on this side; null when unknown.</summary>
    public IPEndPoint? LocalEndPoint { get; }

    /// <summary>What TLS negotiated; null while the connection is in plain text.</summary>
    public TlsSession? Tls { get; private set; }

    /// <summary>True under TLS.</summary>
    public bool IsSecure => Tls is not null;

    /// <summary>True when octets have arrived that nobody has read yet.</summary>
    public bool HasBufferedInput => _reader.Buffered > 0;

    /// <summary>True when octets were written that nobody has flushed yet.</summary>
    public bool HasBufferedOutput => _output.Length > 0;

    /// <summary>True when the last line that was read ended in LF without CR.</summary>
    public bool EndedInBareLf => _reader.EndedInBareLf;

    /// <summary>What is going on, in words such as <c>the reply to EHLO</c>; failures name it.</summary>
    public string Stage { get; set; } = "the greeting";

    /// <summary>
    /// Says that the peer's first octets may be TLS although this side has not begun it: a probe reads the handshake.
    /// </summary>
    internal bool ExpectsTlsRecords { get; set; }

    /// <summary>
    /// Takes over a connected socket and switches Nagle's algorithm off, which delays writes by 40 ms.
    /// </summary>
    /// <param name="socket">A connected TCP socket.</param>
    /// <param name="host">The peer, as the user named it.</param>
    /// <param name="transcript">Where to record the dialogue; null for nowhere.</param>
    /// <param name="time">The clock of the time limits; null for the system's.</param>
    public static Connection FromSocket(
        Socket socket, string host, ITranscript? transcript = null, TimeProvider? time = null)
    {
        socket.NoDelay = true;
        return new Connection(
            new PromptStream(socket),
            host,
            socket.RemoteEndPoint as IPEndPoint,
            socket.LocalEndPoint as IPEndPoint,
            transcript,
            time);
    }

    /// <summary>Masks a secret in the transcript from now on, in clear and in base64, whoever sends it.</summary>
    public void Protect(ReadOnlySpan<byte> secret) => _recorder?.AddSecret(secret);

    /// <summary>Adds an event to the transcript.</summary>
    public void Note(string text) => _recorder?.Note(text);

    /// <summary>Puts octets of the dialogue into the output buffer; nothing is sent yet.</summary>
    public void Write(ReadOnlySpan<byte> octets)
    {
        _recorder?.Sent(octets);
        _output.Append(octets);
    }

    /// <summary>As <see cref="Write"/>, but the transcript shows only the first octets, then a mask.</summary>
    /// <param name="octets">What to send.</param>
    /// <param name="visible">How many octets are no secret, such as the command's name.</param>
    public void WriteSecret(ReadOnlySpan<byte> octets, int visible)
    {
        _recorder?.SentSecret(octets, visible);
        _output.Append(octets);
    }

    /// <summary>Writes message content; the transcript gets its size. It is sent whenever the buffer is full.</summary>
    /// <exception cref="PeerTimeoutException">The peer took nothing for that long.</exception>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public ValueTask WriteDataAsync(
        ReadOnlyMemory<byte> octets, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _recorder?.SentContent(octets.Length);
        if (octets.Length > _output.Room)
        {
            return WriteThroughAsync(octets, timeout, cancellationToken);
        }

        _output.Append(octets.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends what the output buffer holds, in one write.</summary>
    /// <exception cref="PeerTimeoutException">The peer did not take it in time.</exception>
    /// <exception cref="ConnectionLostException">
    /// The connection broke. What the peer said before can still be read if <see cref="HasBufferedInput"/> is true.
    /// </exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_output.Length > 0)
        {
            await SendAsync(_output.TakeAll(), timeout, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a line, without its ending; it stays valid until the next read.</summary>
    /// <param name="maxLength">The longest line that is accepted, in octets without the line ending.</param>
    /// <param name="timeout">How long the whole line may take.</param>
    /// <param name="cancellationToken">Closes the connection at once.</param>
    /// <exception cref="PeerTimeoutException">No whole line arrived in time.</exception>
    /// <exception cref="ConnectionLostException">The peer closed, or the connection broke.</exception>
    /// <exception cref="LineTooLongException">The line is longer; reading may go on after it.</exception>
    /// <exception cref="TlsFailedException">The peer speaks TLS where plain text was expected.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(
        int maxLength, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_reader.TryReadLine(maxLength, out var line))
        {
            _recorder?.Received(line.Span);
            return ValueTask.FromResult(line);
        }

        return ReceiveLineAsync(maxLength, timeout, cancellationToken);
    }

    /// <summary>Reads content as it comes, at least one octet; valid until the next read.</summary>
    /// <param name="maxLength">The most octets to take.</param>
    /// <param name="timeout">How long to wait for the first octet.</param>
    /// <param name="cancellationToken">Closes the connection at once.</param>
    /// <exception cref="PeerTimeoutException">Nothing arrived in time.</exception>
    /// <exception cref="ConnectionLostException">The peer closed, or the connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReadDataAsync(
        int maxLength, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!HasBufferedInput)
        {
            var token = _readTimer.Start(timeout, cancellationToken);
            try
            {
                await ReceiveAsync(token).ConfigureAwait(false);
            }
            catch (Exception e) when (SocketFault.IsOne(e))
            {
                throw await FailAsync(e, timeout, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _readTimer.Stop();
            }
        }

        var octets = _reader.Take(maxLength);
        _recorder?.ReceivedContent(octets.Length);
        return octets;
    }

    /// <summary>
    /// Negotiates TLS as the client. Plain text that arrived before is discarded and reported: an attacker could have
    /// put it there to be taken for the server's words under TLS (RFC 3207 §6, CVE-2011-0411).
    /// </summary>
    /// <exception cref="CertificateException">The server's certificate is not acceptable.</exception>
    /// <exception cref="TlsFailedException">There is no TLS to be had.</exception>
    /// <exception cref="PeerTimeoutException">The handshake took longer.</exception>
    public Task UpgradeToTlsAsync(TlsClientOptions options, TimeSpan timeout, CancellationToken cancellationToken) =>
        UpgradeAsync(new ClientTlsHandshake(options, _time), timeout, cancellationToken);

    /// <summary>Negotiates TLS as the server. Plain text that arrived before is discarded and reported.</summary>
    /// <exception cref="TlsFailedException">The client did not complete the handshake.</exception>
    /// <exception cref="PeerTimeoutException">The handshake took longer.</exception>
    public Task UpgradeToTlsServerAsync(
        SslServerAuthenticationOptions options, TimeSpan timeout, CancellationToken cancellationToken) =>
        UpgradeAsync(new ServerTlsHandshake(options), timeout, cancellationToken);

    /// <summary>Hands the bare stream over to other code, which closes it; this object is of no use then.</summary>
    internal Stream Detach() => _stream;

    /// <summary>Tells the peer under TLS that nothing more comes (close_notify); reading may go on.</summary>
    public ValueTask EndTlsAsync() => _stream is SslStream tls && Volatile.Read(ref _isClosed) == 0
        ? TlsUpgrade.SayGoodbyeAsync(tls, _time)
        : ValueTask.CompletedTask;

    /// <summary>Closes the connection, under TLS as <see cref="EndTlsAsync"/> does.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndTlsAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);

        // An operation that another thread has not left yet may still use its buffer: such a one is not given back.
        if (!_readTimer.IsRunning)
        {
            _readTimer.Dispose();
            _reader.Dispose();
        }

        if (!_writeTimer.IsRunning)
        {
            _writeTimer.Dispose();
            _output.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteThroughAsync(
        ReadOnlyMemory<byte> octets, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_output.Length > 0)
        {
            var fitting = _output.Room;
            _output.Append(octets.Span[..fitting]);
            octets = octets[fitting..];
            await FlushAsync(timeout, cancellationToken).ConfigureAwait(false);
        }

        if (octets.Length >= _output.Capacity)
        {
            await SendAsync(octets, timeout, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _output.Append(octets.Span);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(
        ReadOnlyMemory<byte> octets, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var token = _writeTimer.Start(timeout, cancellationToken);
        try
        {
            await _stream.WriteAsync(octets, token).ConfigureAwait(false);
        }
        catch (Exception e) when (SocketFault.IsOne(e))
        {
            if (!token.IsCancellationRequested && !_readTimer.IsRunning)
            {
                await LastWords.ReceiveAsync(_stream, _reader, _time).ConfigureAwait(false);
            }

            throw await FailAsync(e, timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writeTimer.Stop();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> ReceiveLineAsync(
        int maxLength, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var token = _readTimer.Start(timeout, cancellationToken);
        try
        {
            while (true)
            {
                await ReceiveAsync(token).ConfigureAwait(false);
                if (_reader.TryReadLine(maxLength, out var line))
                {
                    _recorder?.Received(line.Span);
                    return line;
                }
            }
        }
        catch (Exception e) when (SocketFault.IsOne(e))
        {
            throw await FailAsync(e, timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _readTimer.Stop();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveAsync(CancellationToken token)
    {
        var room = _reader.GetMemory();
        var count = await _stream.ReadAsync(room, token).ConfigureAwait(false);
        if (count == 0)
        {
            throw SocketFault.Closed(isWithinLine: HasBufferedInput, isAfterHandshake: IsSecure && !_hasReceived);
        }

        if (!_hasReceived && !IsSecure && !ExpectsTlsRecords && TlsRecord.Begins(room.Span[0]))
        {
            await CloseAsync().ConfigureAwait(false);
            throw TlsFailure.PeerSpeaksTls(Host);
        }

        _hasReceived = true;
        _reader.Advance(count);
    }

    private async Task UpgradeAsync(ITlsHandshake handshake, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var warnings = DiscardPlainText();
        var upgrade = new TlsUpgrade(_stream, handshake);
        _stream = upgrade.Stream;
        Stage = "the TLS handshake";
        var token = _readTimer.Start(timeout, cancellationToken);
        try
        {
            Tls = await upgrade.RunAsync(Host, warnings, token).ConfigureAwait(false);
            _hasReceived = false;
            _recorder?.Note(Tls);
        }
        catch (OperationCanceledException e)
        {
            throw await FailAsync(e, timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (MailException e)
        {
            await CloseAsync().ConfigureAwait(false);
            Note(e.Message);
            throw;
        }
        finally
        {
            _readTimer.Stop();
        }
    }

    private List<string> DiscardPlainText()
    {
        var discarded = _reader.Take(int.MaxValue).Length;
        return discarded == 0 ? [] : [TlsUpgrade.DiscardedPlainText(discarded)];
    }

    private async ValueTask<Exception> FailAsync(Exception cause, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await CloseAsync().ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellationToken);
        }

        var failure = SocketFault.Explain(cause, Host, Stage, timeout, IsSecure, isSilent: !_hasReceived);
        Note(failure.Message);
        return failure;
    }

    private async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
