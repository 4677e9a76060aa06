using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Interop.Servers;

/// <summary>Free TCP ports for servers that cannot be told to take any.</summary>
internal static class LoopbackPorts
{
    // Below the range from which systems take the local ports of outgoing connections, so that none of those gets
    // in between the look and the server's start.
    private const int Lowest = 12_000;
    private const int Highest = 32_000;

    // No server has taken its port yet when others look for theirs.
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Find()
    {
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var port = Random.Shared.Next(Lowest, Highest);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                if (Given.TryAdd(port, true))
                {
                    return port;
                }
            }
            catch (SocketException)
            {
                // Taken: look further.
            }
        }
    }
}
