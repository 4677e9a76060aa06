using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns.Configuration;

namespace MailAdmin.Dns;

/// <summary>Reads DNS servers as people name them.</summary>
public static class DnsServerAddress
{
    /// <summary>
    /// Reads <c>192.0.2.1</c>, <c>192.0.2.1:5353</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:5353</c>,
    /// <c>ns.example.com</c> or <c>ns.example.com:5353</c>; a name is looked up by the system. Without a port it is 53.
    /// </summary>
    /// <exception cref="DnsServerException">It is none of these, or the name is not known.</exception>
    public static async Task<IReadOnlyList<IPEndPoint>> FindAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPEndPoint.TryParse(text, out var endPoint))
        {
            return [endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, DnsSettings.Port) : endPoint];
        }

        var (host, port) = text.Split(':') switch
        {
            [var name] => (name, DnsSettings.Port),
            [var name, var number] when IsPort(number, out var value) => (name, value),
            _ => throw DnsServerException.NoServer(text),
        };
        if (Uri.CheckHostName(host) != UriHostNameType.Dns)
        {
            throw DnsServerException.NoServer(text);
        }

        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return [.. addresses.Select(address => new IPEndPoint(address, port))];
        }
        catch (SocketException e)
        {
            throw DnsServerException.Unknown(host, e);
        }
    }

    private static bool IsPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= IPEndPoint.MaxPort;
}
