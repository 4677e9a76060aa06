using MailAdmin.Net;

namespace MailAdmin.Tests.Transports.Methods;

/// <summary>Dials a test server on this machine, whatever the host.</summary>
internal sealed class Detour(int port) : IDialer
{
    private readonly TcpDialer _dialer = new();

    public Task<Connection> DialAsync(
        string host, int wanted, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken) =>
        _dialer.DialAsync("localhost", port, options, transcript, cancellationToken);
}
