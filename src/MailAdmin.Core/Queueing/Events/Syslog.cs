using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Queueing.Events;

/// <summary>
/// Writes to the syslog daemon of this machine, through its socket and in the form that it takes from programs:
/// <c>&lt;priority&gt;Mmm dd hh:mm:ss tag[pid]: text</c> (RFC 3164 §4.1, without the host, which the daemon adds).
/// </summary>
/// <param name="path">The socket.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class Syslog(string path = "/dev/log", TimeProvider? time = null) : IEventLog
{
    // RFC 3164 §6.2: the mail system.
    private const int MailFacility = 2;
    private const int SeveritiesPerFacility = 8;

    // RFC 3164 §4.1; longer lines may be cut by daemons.
    private const int LongestLine = 1024;

    private readonly object _lock = new();
    private Socket? _socket;

    /// <inheritdoc/>
    public void Write(EventSeverity severity, int id, string text)
    {
        var now = (time ?? TimeProvider.System).GetLocalNow();
        var clean = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"<{(MailFacility * SeveritiesPerFacility) + (int)severity}>{now:MMM} {now.Day,2} {now:HH:mm:ss} "
            + $"mailadmin[{Environment.ProcessId}]: {id} {clean}");
        var octets = Encoding.UTF8.GetBytes(line);
        lock (_lock)
        {
            try
            {
                Connected().Send(octets.AsSpan(0, Math.Min(octets.Length, LongestLine)));
            }
            catch (SocketException)
            {
                // The daemon is not there, or was restarted: the next event connects anew.
                _socket?.Dispose();
                _socket = null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private Socket Connected()
    {
        if (_socket is null)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                socket.SendTimeout = 1000;
                _socket = socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        return _socket;
    }
}
