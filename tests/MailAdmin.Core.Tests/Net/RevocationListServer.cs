using System.Net;

namespace MailAdmin.Tests.Net;

/// <summary>Serves one revocation list by HTTP on loopback.</summary>
internal sealed class RevocationListServer : IAsyncDisposable
{
    private readonly FakePeer _peer;

    public RevocationListServer() => _peer = new FakePeer(async (stream, token) =>
    {
        var request = new byte[4096];
        await stream.ReadAtLeastAsync(request, 1, cancellationToken: token);
        Fetched++;
        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: {Content.Length}\r\n"
                + "Connection: close\r\n\r\n"),
            token);
        await stream.WriteAsync(Content, token);
    });

    /// <summary>A new address each time: the platform keeps lists that it fetched.</summary>
    public Uri Address => new($"http://{IPAddress.Loopback}:{_peer.Port}/{Guid.NewGuid():N}.crl");

    public byte[] Content { get; set; } = [];

    public int Fetched { get; private set; }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();
}
