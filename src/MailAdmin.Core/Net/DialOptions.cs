using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Net;

/// <summary>How a connection is made.</summary>
public sealed record DialOptions
{
    /// <summary>Restricts the addresses to IPv4 or IPv6; <see cref="AddressFamily.Unspecified"/> takes both.</summary>
    public AddressFamily AddressFamily { get; init; } = AddressFamily.Unspecified;

    /// <summary>
    /// The local address to connect from; null leaves it to the system. Its family restricts the addresses.
    /// </summary>
    public IPAddress? SourceAddress { get; init; }

    /// <summary>
    /// A proxy: <c>socks5://[user:password@]host[:1080]</c> (RFC 1928) or <c>http://[user:password@]host[:80]</c>
    /// (CONNECT, RFC 9110 §9.3.6). The proxy resolves the host's name. Null connects directly.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>
    /// Addresses of the host that are not to be connected to, as they were tried before; none by default. A proxy,
    /// which looks the host up by itself, is not told.
    /// </summary>
    public IReadOnlyCollection<IPAddress> ExceptAddresses { get; init; } = [];

    /// <summary>How long name look-up, connecting and the proxy's negotiation may take together; 30 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    // The proxy's address may hold a password.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"AddressFamily = {AddressFamily}, ");
        builder.Append(CultureInfo.InvariantCulture, $"SourceAddress = {SourceAddress}, Proxy = {Proxy?.Host}, ");
        builder.Append(CultureInfo.InvariantCulture, $"ConnectTimeout = {ConnectTimeout}");
        return true;
    }
}
