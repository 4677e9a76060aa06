using System.Net.Security;

namespace MailAdmin.Net;

/// <summary>Puts TLS upon a stream and, when that fails, says why.</summary>
internal sealed class TlsUpgrade
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly ITlsHandshake _handshake;
    private readonly FirstOctetsStream _recording;

    public TlsUpgrade(Stream stream, ITlsHandshake handshake)
    {
        _handshake = handshake;
        _recording = new FirstOctetsStream(stream);
        Stream = new SslStream(_recording, leaveInnerStreamOpen: false);
    }

    public SslStream Stream { get; }

    /// <summary>The warning about plain text that arrived before the handshake.</summary>
    public static string DiscardedPlainText(int octets) =>
        $"{octets} octets that came in plain text before TLS was negotiated were discarded; someone on the way may "
        + "have inserted them.";

    /// <summary>Tells the peer that the connection ends, if it takes that within a second.</summary>
    public static async ValueTask SayGoodbyeAsync(SslStream stream, TimeProvider time)
    {
        try
        {
            await stream.ShutdownAsync().WaitAsync(FarewellTime, time).ConfigureAwait(false);
        }
        catch (Exception e) when (SocketFault.IsOne(e) || e is TimeoutException or InvalidOperationException)
        {
            // A peer that is gone already has nothing to be told.
        }
    }

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="MailException">The handshake failed.</exception>
    public async Task<TlsSession> RunAsync(
        string host, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        try
        {
            // Looking up revocation blocks within the handshake, where no token reaches it.
            await _handshake.RunAsync(Stream, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return _handshake.Describe(Stream, warnings);
        }
        catch (Exception e) when (SocketFault.IsOne(e) && !cancellationToken.IsCancellationRequested)
        {
            throw _handshake.Explain(host, e, _recording.First);
        }
        catch (Exception e) when (SocketFault.IsOne(e))
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }
}
