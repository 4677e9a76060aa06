using System.Net;
using MailAdmin.Interop.Servers;

namespace MailAdmin.Interop.Certificates;

/// <summary>Serves one certificate revocation list over HTTP, as a certificate's distribution point says.</summary>
internal sealed class RevocationListServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public RevocationListServer()
    {
        Url = $"http://127.0.0.1:{LoopbackPorts.Find()}/list.crl";
        _listener.Prefixes.Add(new Uri(Url).GetLeftPart(UriPartial.Authority) + "/");
    }

    public string Url { get; }

    public void Start(byte[] list)
    {
        _listener.Start();
        _ = ServeAsync(list);
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync(byte[] list)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "application/pkix-crl";
                context.Response.Close(list, willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }
}
