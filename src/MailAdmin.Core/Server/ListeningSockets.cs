using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Server;

/// <summary>Opens the sockets that a server listens at: one for each address, all at the same port.</summary>
internal static class ListeningSockets
{
    private const int Backlog = 512;
    private const int Attempts = 20;

    /// <summary>Opens them. An address that this machine lacks is left out as long as another works.</summary>
    /// <param name="addresses">At least one.</param>
    /// <param name="port">The port; 0 for one that is free at all of the addresses.</param>
    /// <exception cref="SmtpTestServerException">None can be opened (<c>CannotListen</c>).</exception>
    public static IReadOnlyList<Socket> Open(IReadOnlyList<IPAddress> addresses, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return OpenAll(addresses, port);
            }
            catch (SocketException e) when (
                e.SocketErrorCode == SocketError.AddressAlreadyInUse && port == 0 && attempt < Attempts)
            {
                // The port that was free at the first address is taken at the second; the next one may not be.
            }
            catch (SocketException e)
            {
                throw new SmtpTestServerException(
                    "CannotListen",
                    MailErrorKind.Connection,
                    $"The server cannot listen at {string.Join(", ", addresses)}, port {port}: {e.Message}",
                    "Choose another port, or port 0 for a free one. Ports below 1024 may need administrator rights.",
                    e);
            }
        }
    }

    private static List<Socket> OpenAll(IReadOnlyList<IPAddress> addresses, int port)
    {
        var sockets = new List<Socket>();
        SocketException? missing = null;
        try
        {
            foreach (var address in addresses)
            {
                try
                {
                    sockets.Add(Open(address, port));
                    port = ((IPEndPoint)sockets[0].LocalEndPoint!).Port;
                }
                catch (SocketException e) when (IsMissing(e.SocketErrorCode))
                {
                    missing = e;
                }
            }
        }
        catch (SocketException)
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }

        return missing is null || sockets.Count > 0 ? sockets : throw missing;
    }

    private static bool IsMissing(SocketError error) =>
        error is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported
            or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported;

    private static Socket Open(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Elsewhere two servers never share a port, and the option would keep one busy after its server's end.
                socket.ExclusiveAddressUse = true;
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
