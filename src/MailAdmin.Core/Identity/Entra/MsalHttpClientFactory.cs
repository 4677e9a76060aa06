using MailAdmin.Net;
using Microsoft.Identity.Client;

namespace MailAdmin.Identity.Entra;

/// <summary>Hands MSAL the client that all parts share.</summary>
internal sealed class MsalHttpClientFactory(HttpClientSource source) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => source.Client;
}
