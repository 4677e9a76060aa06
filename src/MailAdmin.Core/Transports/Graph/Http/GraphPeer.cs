using System.Net;
using System.Security.Authentication;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>What the last connection to the service was like, for the reports.</summary>
internal sealed class GraphPeer
{
    /// <summary>Its address, or the proxy's; null before there was a connection.</summary>
    public IPEndPoint? RemoteAddress { get; set; }

    /// <summary>Its version of TLS; null before there was a connection.</summary>
    public SslProtocols? TlsProtocol { get; set; }
}
