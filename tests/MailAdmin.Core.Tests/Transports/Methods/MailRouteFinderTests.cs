using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Dns.Server;
using MailAdmin.Sasl;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

public sealed class MailRouteFinderTests
{
    private static readonly SmtpRoute Plain = new() { Host = "" };
    private static readonly SmtpRoute WithLogin = Plain with { Credential = new PasswordCredential("user", "pencil") };

    [Theory]
    [InlineData(SendMethodId.Submission, CloudEnvironment.Public, "smtp.office365.com:587")]
    [InlineData(SendMethodId.Submission, CloudEnvironment.UsGov, "smtp.office365.us:587")]
    [InlineData(SendMethodId.Submission, CloudEnvironment.China, "smtp.partner.outlook.cn:587")]
    [InlineData(SendMethodId.Hve, CloudEnvironment.Public, "smtp.hve.mx.microsoft:587")]
    [InlineData(SendMethodId.Acs, CloudEnvironment.Public, "smtp.azurecomm.net:587")]
    [InlineData(SendMethodId.Gmail, CloudEnvironment.Public, "smtp.gmail.com:587")]
    public async Task Fixed_servers_come_from_the_catalogue(
        SendMethodId method, CloudEnvironment environment, string server)
    {
        var found = await FindAsync(method, null, WithLogin, environment);

        Assert.Equal((server, ConnectionSecurity.StartTls), (found.Route.Server, found.Route.EffectiveSecurity));
        Assert.Equal(method.ToString(), found.Route.Method);
        Assert.False(found.Route.FailsOver);
    }

    [Fact]
    public async Task Implicit_TLS_stays_possible_where_the_method_has_it()
    {
        var found = await FindAsync(SendMethodId.Gmail, null, WithLogin with { Port = 465 });
        Assert.Equal(ConnectionSecurity.Implicit, found.Route.EffectiveSecurity);
    }

    [Theory]
    [InlineData(SendMethodId.Relay)]
    [InlineData(SendMethodId.DirectSend)]
    public async Task Relay_and_Direct_Send_go_to_the_MX_hosts_in_order(SendMethodId method)
    {
        var found = await FindAsync(
            method,
            "contoso.com",
            Plain,
            CloudEnvironment.Public,
            "contoso.com MX 20 mx2.contoso.com",
            "contoso.com MX 10 mx1.contoso.com",
            "contoso.com MX 5 gone.contoso.com",
            "mx1.contoso.com A 192.0.2.1",
            "mx2.contoso.com A 192.0.2.2");

        Assert.Equal("mx1.contoso.com:25", found.Route.Server);
        Assert.Equal(["mx2.contoso.com"], found.Route.FurtherHosts);
        Assert.Equal(
            (true, ConnectionSecurity.StartTlsWhenAvailable), (found.Route.FailsOver, found.Route.EffectiveSecurity));
        Assert.Contains("gone.contoso.com", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_when_the_mail_goes_to_another_service()
    {
        var found = await FindAsync(
            SendMethodId.Relay, "x.example", Plain, CloudEnvironment.Public,
            "x.example MX 1 aspmx.l.google.com", "aspmx.l.google.com A 192.0.2.1");

        Assert.Contains("goes to Google", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_provider_s_limit_as_batch_size_unless_there_is_another()
    {
        Assert.Equal(50, (await FindAsync(SendMethodId.Hve, null, WithLogin)).Route.BatchSize);
        Assert.Equal(7, (await FindAsync(SendMethodId.Hve, null, WithLogin with { BatchSize = 7 })).Route.BatchSize);
    }

    [Theory]
    [InlineData(SendMethodId.Relay, null, false, null, "MethodNeedsDomain")]
    [InlineData(SendMethodId.DirectSend, null, false, null, "MethodNeedsDomain")]
    [InlineData(SendMethodId.Relay, "contoso.com", true, null, "MethodTakesNoLogin")]
    [InlineData(SendMethodId.Submission, "contoso.com", true, null, "MethodTakesNoDomain")]
    [InlineData(SendMethodId.Submission, null, false, null, "MethodNeedsLogin")]
    [InlineData(SendMethodId.Acs, null, false, null, "MethodNeedsLogin")]
    [InlineData(SendMethodId.Submission, null, true, 465, "MethodHasOtherPorts")]
    [InlineData(SendMethodId.OnPremises, null, false, null, "MethodHasNoHost")]
    [InlineData(SendMethodId.Graph, null, true, 587, "MethodIsNotSmtp")]
    [InlineData(SendMethodId.Graph, null, true, null, "MethodNeedsToken")]
    [InlineData(SendMethodId.Graph, null, false, null, "MethodNeedsToken")]
    [InlineData(SendMethodId.Graph, "contoso.com", false, null, "MethodNeedsToken")]
    public async Task Refuses_what_does_not_fit_the_method(
        SendMethodId method, string? domain, bool logsIn, int? port, string errorId)
    {
        var wishes = (logsIn ? WithLogin : Plain) with { Port = port };
        var failure = await Assert.ThrowsAsync<MailRouteException>(() => FindAsync(method, domain, wishes));
        Assert.Equal(errorId, failure.ErrorId);
    }

    [Theory]
    [InlineData(CloudEnvironment.Public, "https://graph.microsoft.com/v1.0/")]
    [InlineData(CloudEnvironment.UsGov, "https://graph.microsoft.us/v1.0/")]
    [InlineData(CloudEnvironment.UsGovDod, "https://dod-graph.microsoft.us/v1.0/")]
    [InlineData(CloudEnvironment.China, "https://microsoftgraph.chinacloudapi.cn/v1.0/")]
    public async Task Graph_is_where_the_cloud_has_it(CloudEnvironment environment, string address)
    {
        var login = new TokenCredential("anna@contoso.com", "token");
        var found = Assert.IsType<GraphMailRoute>(await FindAnyAsync(
            SendMethodId.Graph, null, Plain with { Credential = login }, environment, SendMethodCatalog.BuiltIn));

        Assert.Equal(address, found.Route.Address.AbsoluteUri);
        Assert.Equal(
            ("anna@contoso.com", login.Source, true), (found.Account, found.Route.Tokens, found.Route.SaveToSentItems));
        Assert.Equal(("Graph", new Uri(address).Host + ":443"), (found.Method, found.Server));
        Assert.Equal(TimeSpan.FromSeconds(100), found.Route.Patience);
    }

    public static TheoryData<string, SmtpRoute> OfSmtpOnly => new()
    {
        { "A port", Plain with { Port = 25 } },
        { "A choice of TLS", Plain with { Security = ConnectionSecurity.StartTls } },
        { "Doing without the check of the certificate", Plain with { SkipCertificateCheck = true } },
        { "A SASL mechanism", Plain with { Mechanism = "LOGIN" } },
        { "A login without TLS", Plain with { AllowPlaintextAuth = true } },
        { "A name for EHLO", Plain with { LocalHost = "here.example" } },
        { "A number of recipients to a transaction", Plain with { BatchSize = 50 } },
    };

    [Theory]
    [MemberData(nameof(OfSmtpOnly))]
    public async Task What_only_SMTP_has_is_refused_with_Graph(string what, SmtpRoute wishes)
    {
        var failure = await Assert.ThrowsAsync<MailRouteException>(
            () => FindAnyAsync(SendMethodId.Graph, null, wishes, CloudEnvironment.Public, SendMethodCatalog.BuiltIn));
        Assert.StartsWith(what, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_go_without_TLS_where_the_method_demands_it()
    {
        var wishes = WithLogin with { Security = ConnectionSecurity.None };
        var failure = await Assert.ThrowsAsync<MailRouteException>(
            () => FindAsync(SendMethodId.Submission, null, wishes));
        Assert.Equal("MethodNeedsTls", failure.ErrorId);
    }

    [Fact]
    public async Task Knows_no_host_for_an_environment_that_has_none()
    {
        var failure = await Assert.ThrowsAsync<MailRouteException>(
            () => FindAsync(SendMethodId.Hve, null, WithLogin, CloudEnvironment.China));
        Assert.Equal("MethodHasNoHost", failure.ErrorId);
    }

    [Theory]
    [InlineData("quiet.example MX 0 .")]
    [InlineData("quiet.example TXT none")]
    public async Task Refuses_a_domain_that_takes_no_mail(string record)
    {
        var failure = await Assert.ThrowsAsync<MailRouteException>(
            () => FindAsync(SendMethodId.DirectSend, "quiet.example", Plain, CloudEnvironment.Public, record));
        Assert.Equal("NoMxEndpoint", failure.ErrorId);
    }

    [Fact]
    public async Task A_file_of_one_s_own_names_the_server_on_the_own_network()
    {
        const string Own = """
            { "asOf": "2027-01-01", "methods": [ {
              "id": "OnPremises", "name": "Our relay", "summary": "x", "preference": 1,
              "hosts": { "public": "relay.corp.example" }, "ports": [2525], "tls": "Optional", "login": "None",
              "from": "any", "external": true, "sentItems": "No", "thirdPartyHosting": false } ] }
            """;
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(Own));
        var catalog = SendMethodCatalog.BuiltIn.With(json);

        var found = await FindAsync(SendMethodId.OnPremises, null, Plain, CloudEnvironment.Public, catalog);

        Assert.Equal("relay.corp.example:2525", found.Route.Server);
        Assert.Equal((new DateOnly(2027, 1, 1), 8), (catalog.AsOf, catalog.Methods.Count));
    }

    private static Task<SmtpMailRoute> FindAsync(
        SendMethodId method,
        string? domain,
        SmtpRoute wishes,
        CloudEnvironment environment = CloudEnvironment.Public,
        params string[] zone) => FindAsync(method, domain, wishes, environment, SendMethodCatalog.BuiltIn, zone);

    private static async Task<SmtpMailRoute> FindAsync(
        SendMethodId method,
        string? domain,
        SmtpRoute wishes,
        CloudEnvironment environment,
        SendMethodCatalog catalog,
        params string[] zone) =>
        Assert.IsType<SmtpMailRoute>(await FindAnyAsync(method, domain, wishes, environment, catalog, zone));

    private static async Task<MailRoute> FindAnyAsync(
        SendMethodId method,
        string? domain,
        SmtpRoute wishes,
        CloudEnvironment environment,
        SendMethodCatalog catalog,
        params string[] zone)
    {
        await using var server = DnsTestServer.Start(new DnsTestZone(zone));
        using var resolver = new DnsClient(new DnsClientOptions
        {
            Servers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(20),
        });
        var finder = new MailRouteFinder(catalog, new MxEndpointFinder(resolver));
        var name = domain is null ? (DomainName?)null : DomainName.Parse(domain);
        return await finder.FindAsync(method, name, environment, wishes, CancellationToken.None);
    }
}
