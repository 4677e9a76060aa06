using System.Net.Sockets;

namespace MailAdmin.Net;

/// <summary>Words for what the operating system reports about a connection.</summary>
internal static class SocketFault
{
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
