using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Net;

/// <summary>
/// HTTP CONNECT (RFC 9110 §9.3.6) with Basic login (RFC 7617). The answer is read octet by octet, as the mail server's
/// greeting may follow it at once.
/// </summary>
internal sealed class HttpConnectNegotiation : IProxyNegotiation
{
    private const int MaxAnswer = 16 * 1024;

    private readonly Uri _proxy;
    private readonly string _target;
    private readonly List<byte> _answer = new(512);

    public HttpConnectNegotiation(Uri proxy, string host, int port)
    {
        _proxy = proxy;
        var isV6 = IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        _target = string.Create(CultureInfo.InvariantCulture, $"{(isV6 ? $"[{host}]" : host)}:{port}");
        var login = ProxyLogin.From(proxy) is { } found
            ? $"Proxy-Authorization: Basic {Convert.ToBase64String([.. found.User, (byte)':', .. found.Password])}\r\n"
            : "";
        Output = Encoding.ASCII.GetBytes($"CONNECT {_target} HTTP/1.1\r\nHost: {_target}\r\n{login}\r\n");
    }

    public ReadOnlyMemory<byte> Output { get; private set; }

    public int Wanted { get; private set; } = 1;

    public void Feed(ReadOnlySpan<byte> octets)
    {
        Output = default;
        _answer.Add(octets[0]);
        if (!"HTTP/1."u8.StartsWith(Answer[..Math.Min(Answer.Length, 7)]))
        {
            throw ProxyFault.NotAProxy(_proxy, $"its answer begins with {TextTranscript.Printable(Answer)}");
        }

        if (_answer.Count > MaxAnswer)
        {
            throw ProxyFault.NotAProxy(_proxy, $"its answer is longer than {MaxAnswer} octets");
        }

        if (Answer.EndsWith("\r\n\r\n"u8) || Answer.EndsWith("\n\n"u8))
        {
            Judge();
            Wanted = 0;
        }
    }

    private ReadOnlySpan<byte> Answer => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_answer);

    private void Judge()
    {
        var line = Answer[..Answer.IndexOf((byte)'\n')].TrimEnd((byte)'\r');
        var said = TextTranscript.Printable(line);
        var parts = said.Split(' ', 3);
        if (parts.Length < 2
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            throw ProxyFault.NotAProxy(_proxy, $"it answered '{said}'");
        }

        switch (status)
        {
            case >= 200 and < 300:
                return;
            // tinyproxy has 401 for a wrong login, and 500 for a host that it cannot reach.
            case 401 or 407:
                throw _proxy.UserInfo.Length == 0 ? ProxyFault.LoginNeeded(_proxy) : ProxyFault.LoginRefused(_proxy);
            case 403 or 405:
                throw ProxyFault.Forbidden(_proxy, _target, said);
            case 504:
                throw ProxyFault.TargetFailed(_proxy, _target, ConnectFault.TimedOut, said);
            case 500 or 502 or 503:
                throw ProxyFault.TargetFailed(_proxy, _target, ConnectFault.Failed, said);
            default:
                throw ProxyFault.NotAProxy(_proxy, $"it answered '{said}'");
        }
    }
}
