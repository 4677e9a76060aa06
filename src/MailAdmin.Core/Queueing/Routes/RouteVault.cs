using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailAdmin.Addressing;
using MailAdmin.Identity.Secrets;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Routes;

/// <summary>Writes routes down so that a distributor in another process can use them, and reads them again.</summary>
/// <param name="protector">The environment that secrets are bound to.</param>
public sealed class RouteVault(ISecretProtector protector)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly CredentialVault _credentials = new(protector);

    /// <summary>Writes a route down as JSON.</summary>
    /// <exception cref="MailException">
    /// A secret cannot be protected, or a token cannot be used by another process.
    /// </exception>
    public string Store(RouteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wishes = request.Wishes;
        var proxy = wishes.Dial.Proxy;
        return JsonSerializer.Serialize(
            new StoredRoute
            {
                Method = request.Method,
                Domain = request.Domain?.Ascii,
                Environment = request.Environment,
                Host = wishes.Host,
                Port = wishes.Port,
                Security = wishes.Security,
                Login = _credentials.Store(wishes.Credential),
                Mechanism = wishes.Mechanism,
                AllowPlaintextAuth = wishes.AllowPlaintextAuth,
                Certificate = _credentials.Store(wishes.ClientCertificates),
                SkipCertificateCheck = wishes.SkipCertificateCheck,
                TrustedRoots = wishes.TrustedRoots?.Select(root => root.RawData).ToArray(),
                LocalHost = wishes.LocalHost,
                Timeouts = wishes.Timeouts,
                ConnectTimeout = wishes.Dial.ConnectTimeout,
                AddressFamily = wishes.Dial.AddressFamily,
                SourceAddress = wishes.Dial.SourceAddress?.ToString(),
                Proxy = proxy?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped),
                ProxyLogin = proxy is { UserInfo.Length: > 0 } ? protector.ProtectText(proxy.UserInfo) : null,
                BatchSize = wishes.BatchSize,
                RequireAllRecipients = wishes.RequireAllRecipients,
                SavesCopy = request.SavesCopy,
                NameServers = request.NameServers,
            },
            Json);
    }

    /// <summary>Reads a route.</summary>
    /// <param name="json">What <see cref="Store"/> returned.</param>
    /// <exception cref="RouteVaultException">It is damaged, or from a newer version.</exception>
    /// <exception cref="SecretException">A secret was protected elsewhere.</exception>
    /// <exception cref="ClientCertificateException">The certificate is not there any more.</exception>
    public RouteRequest Read(string json)
    {
        try
        {
            CheckVersion(json);
            var stored = JsonSerializer.Deserialize<StoredRoute>(json, Json) ?? throw RouteVaultException.Damaged();
            return new RouteRequest
            {
                Method = stored.Method,
                Domain = stored.Domain is null ? null : DomainName.Parse(stored.Domain),
                Environment = stored.Environment,
                Wishes = Wishes(stored),
                SavesCopy = stored.SavesCopy,
                NameServers = stored.NameServers,
            };
        }
        catch (Exception e) when (
            e is JsonException or FormatException or UriFormatException or AddressFormatException or ArgumentException)
        {
            throw RouteVaultException.Damaged(e);
        }
    }

    // A newer form may have members that this one does not know, so the version is looked at first.
    private static void CheckVersion(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("version", out var version)
            && version.TryGetInt32(out var number)
            && number > StoredRoute.CurrentVersion)
        {
            throw RouteVaultException.Newer();
        }
    }

    private SmtpRoute Wishes(StoredRoute stored) => new()
    {
        Host = stored.Host,
        Port = stored.Port,
        Security = stored.Security,
        Credential = _credentials.Read(stored.Login, stored.Host),
        Mechanism = stored.Mechanism,
        AllowPlaintextAuth = stored.AllowPlaintextAuth,
        ClientCertificates = _credentials.Read(stored.Certificate),
        SkipCertificateCheck = stored.SkipCertificateCheck,
        TrustedRoots = stored.TrustedRoots is { } roots
            ? [.. roots.Select(root => new X509Certificate2(root))]
            : null,
        LocalHost = stored.LocalHost,
        Timeouts = stored.Timeouts,
        Dial = new DialOptions
        {
            AddressFamily = stored.AddressFamily,
            SourceAddress = stored.SourceAddress is null ? null : IPAddress.Parse(stored.SourceAddress),
            Proxy = Proxy(stored),
            ConnectTimeout = stored.ConnectTimeout,
        },
        BatchSize = stored.BatchSize,
        RequireAllRecipients = stored.RequireAllRecipients,
    };

    private Uri? Proxy(StoredRoute stored)
    {
        if (stored.Proxy is null)
        {
            return null;
        }

        var proxy = new Uri(stored.Proxy);
        if (stored.ProxyLogin is null)
        {
            return proxy;
        }

        var label = CredentialVault.Label($"the login at the proxy {proxy.Host}");
        var login = protector.UnprotectText(stored.ProxyLogin, label);
        return new Uri($"{proxy.Scheme}://{login}@{proxy.Authority}");
    }
}
