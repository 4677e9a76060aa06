using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Net;

/// <summary>
/// SOCKS5 (RFC 1928) with user name and password (RFC 1929): greeting, method, perhaps a login, request, reply. Names
/// go to the proxy as they are, so that it does the look-up.
/// </summary>
internal sealed class Socks5Negotiation : IProxyNegotiation
{
    private const byte Version = 5;
    private const byte LoginVersion = 1;
    private const byte NoLogin = 0;
    private const byte PasswordLogin = 2;
    private const byte NoMethod = 0xFF;
    private const byte Connect = 1;
    private const byte IPv4 = 1;
    private const byte Name = 3;
    private const byte IPv6 = 4;

    private readonly Uri _proxy;
    private readonly string _host;
    private readonly int _port;
    private readonly ProxyLogin? _login;
    private State _state = State.Method;

    public Socks5Negotiation(Uri proxy, string host, int port)
    {
        _proxy = proxy;
        _host = host;
        _port = port;
        _login = ProxyLogin.From(proxy);
        Output = _login is null ? (byte[])[Version, 1, NoLogin] : (byte[])[Version, 2, NoLogin, PasswordLogin];
        Wanted = 2;
    }

    private enum State
    {
        Method,
        Login,
        Reply,
        NameLength,
        BoundAddress,
    }

    public ReadOnlyMemory<byte> Output { get; private set; }

    public int Wanted { get; private set; }

    public void Feed(ReadOnlySpan<byte> octets)
    {
        Output = default;
        switch (_state)
        {
            case State.Method:
                TakeMethod(octets);
                break;
            case State.Login:
                // The version octet of this reply is wrong in some proxies; only the status counts.
                if (octets[1] != 0)
                {
                    throw ProxyFault.LoginRefused(_proxy);
                }

                SendRequest();
                break;
            case State.Reply:
                TakeReply(octets);
                break;
            case State.NameLength:
                (_state, Wanted) = (State.BoundAddress, octets[0] + sizeof(ushort));
                break;
            case State.BoundAddress:
                Wanted = 0;
                break;
        }
    }

    private void TakeMethod(ReadOnlySpan<byte> octets)
    {
        if (octets[0] != Version)
        {
            throw ProxyFault.NotAProxy(_proxy, $"its answer begins with {TextTranscript.Printable(octets)}");
        }

        switch (octets[1])
        {
            case NoLogin:
                SendRequest();
                break;
            case PasswordLogin when _login is not null:
                Output = (byte[])
                [
                    LoginVersion, (byte)_login.User.Length, .. _login.User,
                    (byte)_login.Password.Length, .. _login.Password,
                ];
                (_state, Wanted) = (State.Login, 2);
                break;
            case NoMethod:
                throw ProxyFault.LoginNeeded(_proxy);
            default:
                throw ProxyFault.NotAProxy(_proxy, $"it chose login method {octets[1]}, which was not offered");
        }
    }

    private void SendRequest()
    {
        var port = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)_port);
        Output = (byte[])[Version, Connect, 0, .. Address(), .. port];
        (_state, Wanted) = (State.Reply, 4);
    }

    private byte[] Address()
    {
        if (IPAddress.TryParse(_host, out var address))
        {
            return [address.AddressFamily == AddressFamily.InterNetwork ? IPv4 : IPv6, .. address.GetAddressBytes()];
        }

        var name = Encoding.ASCII.GetBytes(_host);
        return [Name, checked((byte)name.Length), .. name];
    }

    private void TakeReply(ReadOnlySpan<byte> octets)
    {
        if (octets[0] != Version)
        {
            throw ProxyFault.NotAProxy(_proxy, $"its reply begins with {TextTranscript.Printable(octets)}");
        }

        if (octets[1] != 0)
        {
            throw Refusal(octets[1]);
        }

        (_state, Wanted) = octets[3] switch
        {
            IPv4 => (State.BoundAddress, 4 + sizeof(ushort)),
            IPv6 => (State.BoundAddress, 16 + sizeof(ushort)),
            Name => (State.NameLength, 1),
            _ => throw ProxyFault.NotAProxy(_proxy, $"its reply holds address type {octets[3]}"),
        };
    }

    private ConnectException Refusal(byte code)
    {
        var target = $"{_host}:{_port}";
        return code switch
        {
            2 => ProxyFault.Forbidden(_proxy, target, "its rules forbid it"),
            3 => ProxyFault.TargetFailed(_proxy, target, ConnectFault.Unreachable, "the network is unreachable"),
            4 => ProxyFault.TargetFailed(_proxy, target, ConnectFault.Unreachable, "host unreachable or unknown"),
            5 => ProxyFault.TargetFailed(_proxy, target, ConnectFault.Refused, "the connection was refused"),
            6 => ProxyFault.TargetFailed(_proxy, target, ConnectFault.TimedOut, "there was no answer"),
            7 => ProxyFault.NotAProxy(_proxy, "it does not support the command CONNECT"),
            8 => ProxyFault.TargetFailed(
                _proxy, target, ConnectFault.Unreachable, "it does not support this type of address"),
            _ => ProxyFault.TargetFailed(_proxy, target, ConnectFault.Failed, $"general failure (code {code})"),
        };
    }
}
