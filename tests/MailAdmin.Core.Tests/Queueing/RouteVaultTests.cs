using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Identity;
using MailAdmin.Identity.Secrets;
using MailAdmin.Net;
using MailAdmin.Queueing.Routes;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Queueing;

public sealed class RouteVaultTests : IDisposable
{
    private const string Secret = "correct horse battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vault-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Everything_that_a_route_says_comes_back()
    {
        var request = new RouteRequest
        {
            Method = SendMethodId.Relay,
            Domain = DomainName.Parse("bücher.example"),
            Environment = CloudEnvironment.China,
            NameServers = ["192.0.2.53:5353"],
            SavesCopy = false,
            Wishes = new SmtpRoute
            {
                Host = "mail.example.com",
                Port = 2525,
                Security = ConnectionSecurity.StartTls,
                Credential = new PasswordCredential("anna", Secret),
                Mechanism = "LOGIN",
                AllowPlaintextAuth = true,
                SkipCertificateCheck = true,
                LocalHost = "client.example.com",
                Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(7)),
                Dial = new DialOptions
                {
                    AddressFamily = AddressFamily.InterNetworkV6,
                    SourceAddress = IPAddress.Parse("2001:db8::1"),
                    Proxy = new Uri($"socks5://user:{Uri.EscapeDataString(Secret)}@proxy.example.com:1080"),
                    ConnectTimeout = TimeSpan.FromSeconds(3),
                },
                BatchSize = 50,
                RequireAllRecipients = true,
            },
        };

        var json = Vault().Store(request);
        var back = Vault().Read(json);

        Assert.DoesNotContain("horse", json, StringComparison.Ordinal);
        Assert.Equal(request with { Wishes = back.Wishes, NameServers = back.NameServers }, back);
        Assert.Equal(request.NameServers, back.NameServers);
        var password = Assert.IsType<PasswordCredential>(back.Wishes.Credential);
        Assert.Equal(("anna", Secret), (password.User, password.RevealPassword()));
        Assert.Equal(request.Wishes with { Credential = null }, back.Wishes with { Credential = null });
        Assert.Equal(request.Destination, back.Destination);
    }

    [Fact]
    public async Task A_token_comes_back_with_its_end()
    {
        var end = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
        var token = new TokenCredential("anna@example.com", new FixedTokenSource(new AccessToken(Secret, end)));

        var back = Assert.IsType<TokenCredential>(Vault().Read(Vault().Store(Request(token))).Wishes.Credential);
        var found = await back.Source.GetTokenAsync(CancellationToken.None);

        Assert.Equal(("anna@example.com", Secret, end), (back.User, found.Value, found.ExpiresAt));
    }

    [Fact]
    public void The_account_of_the_process_needs_no_secret()
    {
        var stored = Vault().Store(Request(new IntegratedCredential()));
        Assert.IsType<IntegratedCredential>(Vault().Read(stored).Wishes.Credential);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("/srv/tokens", "http://user:correct%20horse@proxy.example.com:8080/")]
    [InlineData("default", "socks5://proxy.example.com:1080/")]
    public void A_token_source_keeps_its_cache_and_its_proxy(string? folder, string? proxy)
    {
        folder = folder == "default" ? TokenSourceOptions.DefaultCacheFolder : folder;
        using var http = new HttpClientSource(proxy is null ? null : new Uri(proxy));
        using var source = RenewableTokenSource.Create(
            new TokenSettings { Flow = TokenFlow.ClientSecret, Tenant = "contoso.example", ClientId = "app" },
            new TokenSecrets { ClientSecret = Secret },
            new TokenSourceOptions { Http = http, CacheFolder = folder });

        var json = Vault().Store(Request(new TokenCredential("anna@example.com", source)));
        var back = Assert.IsType<TokenCredential>(Vault().Read(json).Wishes.Credential);

        Assert.DoesNotContain("horse", json, StringComparison.Ordinal);
        using var found = Assert.IsAssignableFrom<RenewableTokenSource>(back.Source);
        Assert.Equal(source.Proxy, found.Proxy);
        Assert.Equal(proxy, found.Proxy?.AbsoluteUri);
        Assert.Equal((folder, Secret), (found.CacheFolder, found.RevealSecrets().ClientSecret));
    }

    [Fact]
    public void A_token_that_only_this_process_can_get_is_refused()
    {
        var request = Request(new TokenCredential("anna@example.com", new ProcessSource()));

        Assert.Equal(
            "RouteTokenNotStorable", Assert.Throws<RouteVaultException>(() => Vault().Store(request)).ErrorId);
    }

    [Fact]
    public void A_client_certificate_comes_back_with_its_key()
    {
        using var certificate = TestCertificates.Issue(null, ["client.example.com"]);
        var request = Request(null);
        request = request with { Wishes = request.Wishes with { ClientCertificates = [certificate] } };

        var back = Vault().Read(Vault().Store(request)).Wishes.ClientCertificates!;

        var found = Assert.IsType<X509Certificate2>(back[0]);
        Assert.True(found.HasPrivateKey);
        Assert.Equal(certificate.Thumbprint, found.Thumbprint);
    }

    [SkippableFact]
    public void A_store_that_was_moved_says_whose_password_it_was()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps the key itself.");
        var json = Vault().Store(Request(new PasswordCredential("anna", Secret)));
        File.Delete(Path.Combine(_folder.FullName, SecretProtector.KeyFileName));

        var failure = Assert.Throws<SecretException>(() => Vault().Read(json));

        Assert.Equal("SecretFromElsewhere", failure.ErrorId);
        Assert.Contains("password of anna at mail.example.com", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Send-RelayMail", failure.RecommendedAction!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"port\": \"x\"}")]
    [InlineData("{\"unknown\": 1}")]
    [InlineData("{\"domain\": \"a..b\"}")]
    [InlineData("{\"sourceAddress\": \"nowhere\"}")]
    [InlineData("{\"proxy\": \"::\"}")]
    [InlineData("{\"login\": {\"kind\": \"Password\"}}")]
    public void Damage_is_reported(string json) =>
        Assert.IsAssignableFrom<MailException>(Record.Exception(() => Vault().Read(json)));

    [Fact]
    public void A_newer_form_is_refused() => Assert.Equal(
        "RouteFromNewerVersion",
        Assert.Throws<RouteVaultException>(() => Vault().Read("{\"version\": 2, \"unknown\": 1}")).ErrorId);

    [Fact]
    public void Destinations_tell_servers_methods_and_accounts_apart()
    {
        Assert.Equal("mail.example.com:25", Request(null).Destination);
        Assert.Equal("mail.example.com:587 anna", Request(new PasswordCredential("Anna", "x")).Destination);
        Assert.Equal("Submission", (Request(null) with { Method = SendMethodId.Submission }).Destination);
        Assert.Equal(
            "Relay example.org",
            (Request(null) with { Method = SendMethodId.Relay, Domain = DomainName.Parse("example.org") }).Destination);
    }

    private static RouteRequest Request(SaslCredential? credential) => new()
    {
        Wishes = new SmtpRoute { Host = "mail.example.com", Credential = credential },
    };

    private RouteVault Vault() => new(SecretProtector.ForFolder(_folder.FullName, SecretAudience.Owner));

    private sealed class ProcessSource : IAccessTokenSource
    {
        public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
