using System.Net;
using MailAdmin.Net;

namespace MailAdmin.Transports;

/// <summary>Remembers which address was connected to last.</summary>
internal sealed class DialRecorder(IDialer dialer) : IDialer
{
    /// <summary>The address; null before, and where the connection does not tell.</summary>
    public IPAddress? LastAddress { get; private set; }

    /// <inheritdoc/>
    public async Task<Connection> DialAsync(
        string host, int port, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken)
    {
        LastAddress = null;
        var connection = await dialer.DialAsync(host, port, options, transcript, cancellationToken)
            .ConfigureAwait(false);
        LastAddress = connection.RemoteEndPoint?.Address;
        return connection;
    }
}
