namespace MailAdmin.Net;

/// <summary>Runs the negotiation with a proxy over a stream.</summary>
internal static class ProxyTunnel
{
    private const int DefaultSocksPort = 1080;

    /// <summary>The address with its port filled in.</summary>
    /// <exception cref="DialOptionsException">It is of no kind that is supported.</exception>
    public static Uri Complete(Uri proxy)
    {
        if (!proxy.IsAbsoluteUri || proxy.Host.Length == 0 || proxy.Scheme is not ("socks5" or "socks5h" or "http"))
        {
            throw new DialOptionsException(
                "InvalidProxy",
                "The proxy's address is of no kind that MailAdmin knows.",
                "Write it as socks5://host:port or http://host:port, with user:password@ before the host if it wants "
                + "a login.");
        }

        return proxy.Port > 0 ? proxy : new UriBuilder(proxy) { Port = DefaultSocksPort }.Uri;
    }

    /// <summary>Makes the stream a tunnel to the host.</summary>
    /// <exception cref="ConnectException">The proxy refused, broke off or is none.</exception>
    public static async Task EstablishAsync(
        Stream stream, Uri proxy, string host, int port, CancellationToken cancellationToken)
    {
        IProxyNegotiation negotiation = proxy.Scheme == "http"
            ? new HttpConnectNegotiation(proxy, host, port)
            : new Socks5Negotiation(proxy, host, port);
        var buffer = new byte[byte.MaxValue + sizeof(ushort)];
        try
        {
            while (true)
            {
                if (!negotiation.Output.IsEmpty)
                {
                    await stream.WriteAsync(negotiation.Output, cancellationToken).ConfigureAwait(false);
                }

                if (negotiation.Wanted == 0)
                {
                    return;
                }

                var octets = buffer.AsMemory(0, negotiation.Wanted);
                await stream.ReadExactlyAsync(octets, cancellationToken).ConfigureAwait(false);
                negotiation.Feed(octets.Span);
            }
        }
        catch (EndOfStreamException e)
        {
            throw ProxyFault.BrokeOff(proxy, "it closed the connection", e);
        }
        catch (IOException e)
        {
            throw ProxyFault.BrokeOff(proxy, SocketFault.Describe(e), e);
        }
    }
}
