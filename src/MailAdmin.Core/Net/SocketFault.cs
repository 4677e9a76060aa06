using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Net;

/// <summary>Words for what the operating system reports about a connection.</summary>
internal static class SocketFault
{
    private const string SilentPeerAdvice =
        "The server said nothing at all. Either it is overloaded, or it expects TLS from the first octet (usual on "
        + "port 465; then choose implicit TLS), or a firewall swallows the traffic.";

    /// <summary>True for what streams and sockets throw when a connection breaks, is closed or is cancelled.</summary>
    public static bool IsOne(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException;

    /// <summary>The other side closed the connection in an orderly way, but at the wrong moment.</summary>
    public static EndOfStreamException Closed(bool isWithinLine, bool isAfterHandshake) => new(
        isWithinLine ? "the other side closed it in the middle of a line"
        : isAfterHandshake ? "the other side closed it right after the TLS handshake, as servers do that want another "
            + "client certificate or none"
        : "the other side closed it");

    /// <summary>The failure of an operation on a connection.</summary>
    /// <param name="cause">What the stream threw.</param>
    /// <param name="host">The peer.</param>
    /// <param name="stage">What was going on.</param>
    /// <param name="timeout">How long the operation might take.</param>
    /// <param name="isSecure">True under TLS.</param>
    /// <param name="isSilent">True when the peer has not said anything yet.</param>
    public static MailException Explain(
        Exception cause, string host, string stage, TimeSpan timeout, bool isSecure, bool isSilent) => cause switch
    {
        OperationCanceledException =>
            new PeerTimeoutException(host, stage, timeout, isSilent && !isSecure ? SilentPeerAdvice : null),
        _ when isSecure && TlsFailure.FromAlert(host, cause) is { } refused => refused,
        _ => new ConnectionLostException(host, stage, Describe(cause), cause),
    };

    /// <summary>The reason as the end of a sentence.</summary>
    public static string Describe(Exception cause)
    {
        var code = (cause as SocketException ?? cause.InnerException as SocketException)?.SocketErrorCode;
        return code switch
        {
            SocketError.ConnectionReset or SocketError.ConnectionAborted => "the other side reset it",
            SocketError.Shutdown => "the other side no longer takes anything",
            SocketError.NetworkReset or SocketError.NetworkDown or SocketError.NetworkUnreachable
                or SocketError.HostUnreachable or SocketError.TimedOut => "the network failed on the way",
            _ when cause is EndOfStreamException => cause.Message,
            _ when cause is ObjectDisposedException => "it had been closed before",
            _ => cause.Message.TrimEnd('.'),
        };
    }
}
