using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Net;

/// <summary>Words and remedies for a connection that could not be made. All of them are in this file.</summary>
internal static class ConnectFault
{
    public const string Refused = "ConnectionRefused";
    public const string TimedOut = "ConnectTimeout";
    public const string Unreachable = "NetworkUnreachable";
    public const string SourceUnavailable = "SourceAddressUnavailable";
    public const string Failed = "ConnectFailed";

    private const int MailServerPort = 25;

    // The first that occurs among several addresses names the whole failure: the surest knowledge first.
    private static readonly string[] ByWeight = [SourceUnavailable, Refused, TimedOut, Unreachable, Failed];

    public static ConnectAttempt Describe(IPEndPoint endPoint, Exception cause)
    {
        var (id, reason) = (cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => (Refused, "the connection was refused"),
            SocketError.TimedOut => (TimedOut, "there was no answer"),
            SocketError.NetworkUnreachable or SocketError.NetworkDown =>
                (Unreachable, "there is no route to that network"),
            SocketError.HostUnreachable or SocketError.HostDown => (Unreachable, "the host is unreachable"),
            SocketError.AddressNotAvailable => (SourceUnavailable, "the local address does not belong to this machine"),
            SocketError.AddressFamilyNotSupported => (Unreachable, "this machine does not have that IP version"),
            SocketError.AccessDenied => (Failed, "this machine's policy forbids the connection"),
            _ when cause is TimeoutException or OperationCanceledException => (TimedOut, "there was no answer"),
            _ => (Failed, cause.Message.TrimEnd('.')),
        };
        return new ConnectAttempt(endPoint, id, reason);
    }

    public static ConnectException FromAttempts(
        string target, int port, TimeSpan timeout, IReadOnlyList<ConnectAttempt> attempts, Exception? cause)
    {
        var errorId = ByWeight.First(id => attempts.Any(a => a.ErrorId == id));
        var tried = string.Join("; ", attempts.Select(a => $"{a.EndPoint}: {a.Reason}"));
        var waited = errorId == TimedOut ? FormattableString.Invariant($" within {timeout.TotalSeconds:0.###} s") : "";
        return new ConnectException(
            errorId,
            FormattableString.Invariant($"{target} could not be reached{waited} ({tried})."),
            Remedy(errorId, port),
            isTransient: errorId != SourceUnavailable,
            attempts,
            cause);
    }

    public static ConnectException FromLookup(string host, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.HostNotFound => new(
            "HostNotFound",
            $"There is no host named {host}.",
            "Check the spelling of the server's name.",
            isTransient: false,
            innerException: cause),
        SocketError.NoData => NoAddress(host, "no IP address", cause),
        _ => new(
            "HostLookupFailed",
            $"The address of {host} could not be looked up: the name server gave no answer.",
            "Check this machine's network and DNS settings, then try again.",
            isTransient: true,
            innerException: cause),
    };

    public static ConnectException LookupTimedOut(string host, TimeSpan timeout) => new(
        "HostLookupFailed",
        FormattableString.Invariant(
            $"Looking up the address of {host} took more than {timeout.TotalSeconds:0.###} s."),
        "Check this machine's network and DNS settings, then try again.",
        isTransient: true);

    public static ConnectException NoAddress(string host, string lacks, Exception? cause = null) => new(
        "HostHasNoAddress",
        $"The host {host} has {lacks}.",
        "Check the server's name; if an IP version or a local address was demanded, allow the other version.",
        isTransient: false,
        innerException: cause);

    private static string Remedy(string errorId, int port) => errorId switch
    {
        SourceUnavailable => "Choose a local address that this machine has, or leave it to the system.",
        Refused =>
            "Check the host and the port: 587 is for clients with a login, 465 for implicit TLS, 25 for mail between "
            + "servers. If they are right, the service is down or a firewall refuses it.",
        TimedOut when port == MailServerPort =>
            "Many providers and cloud networks block outgoing port 25. Use port 587 with a login, or ask the provider "
            + "to open port 25.",
        TimedOut => "Check the host and the port, and whether a firewall lets this machine reach them.",
        Unreachable =>
            "Check this machine's network. If only one IP version works here, restrict the connection to that one.",
        _ => "Check the host, the port and this machine's network.",
    };
}
