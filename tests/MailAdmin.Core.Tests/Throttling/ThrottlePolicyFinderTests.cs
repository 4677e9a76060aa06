using MailAdmin.Addressing;
using MailAdmin.Sasl;
using MailAdmin.Throttling;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Throttling;

public sealed class ThrottlePolicyFinderTests
{
    private static readonly ThrottlePolicyFinder Finder = new(SendMethodCatalog.BuiltIn);
    private static readonly ThrottleScope Microsoft365 = ThrottleScope.OfProvider("Microsoft365");

    [Theory]
    [InlineData("Submission", "smtp.office365.com:587")]
    [InlineData("Smtp", "smtp.office365.com:587")]
    [InlineData("Smtp", "SMTP.Office365.com:25")]
    [InlineData("Smtp", "smtp-legacy.office365.com:587")]
    [InlineData("Smtp", "smtp.office365.us:587")]
    public void Limits_of_Microsoft_365_fill_in_by_themselves(string method, string server)
    {
        var policy = Finder.Find(new ThrottleSubject(method, server, "Anna@contoso.com"));

        Assert.Equal("Method:Submission/anna@contoso.com", policy.Key);
        Assert.Equal(["30 messages per minute", "10,000 recipients per day"], policy.Limits.Select(l => l.ToString()));
        Assert.Equal((3, 500), (policy.Connections, policy.RecipientsPerMessage));
        Assert.Equal((10, TimeSpan.FromMinutes(1)), (policy.Deferrals, policy.DeferralLength));
    }

    [Theory]
    [InlineData("Gmail", "smtp.gmail.com:587")]
    [InlineData("Acs", "smtp.azurecomm.net:587")]
    [InlineData("Smtp", "mail.example.com:25")]
    public void Those_of_others_do_not(string method, string server)
    {
        var policy = Finder.Find(new ThrottleSubject(method, server, "anna"));

        Assert.Empty(policy.Rules);
        Assert.Null(policy.Connections);
    }

    [Fact]
    public void What_was_set_goes_before_what_is_preset()
    {
        var policy = Find("Submission", "smtp.office365.com:587", (ThrottleScope.Of(SendMethodId.Submission), new()
        {
            Limits = [new SendLimit(5, LimitUnit.Messages, 60)],
            Connections = 0,
            Deferrals = 2,
            DeferralSeconds = 20,
        }));

        Assert.Equal(new SendLimit(5, LimitUnit.Messages, 60), Assert.Single(policy.Limits));
        Assert.Null(policy.Connections);
        Assert.Equal((2, TimeSpan.FromSeconds(20)), (policy.Deferrals, policy.DeferralLength));
        Assert.Equal(500, policy.RecipientsPerMessage);
    }

    [Fact]
    public void Zero_removes_a_limit()
    {
        var none = new ThrottleSettings { Limits = [], RecipientsPerMessage = 0, Connections = 0, Deferrals = 0 };
        var policy = Find("Submission", "smtp.office365.com:587", (ThrottleScope.Of(SendMethodId.Submission), none));

        Assert.Empty(policy.Rules);
        Assert.Empty(policy.Charges([EmailAddress.Parse("a@example.com")], null));
        Assert.Null(policy.RecipientsPerMessage);
        Assert.Null(policy.Connections);
        Assert.Null(policy.Deferrals);
    }

    [Theory]
    [InlineData("mail.example.com:587", 2, "Server:mail.example.com:587")]
    [InlineData("mail.example.com:25", 1, "Server:mail.example.com")]
    [InlineData("MAIL.example.com:25", 1, "Server:mail.example.com")]
    public void A_server_with_its_port_goes_before_the_server(string server, int count, string key)
    {
        var policy = Find("Smtp", server, Limited("mail.example.com", 1), Limited("mail.example.com:587", 2));

        Assert.Equal(count, policy.Limits[0].Count);
        Assert.Equal(key, policy.Key);
    }

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(10, 12_005)]
    [InlineData(100, 22_059)]
    [InlineData(1000, 72_446)]
    public void The_tenants_limit_follows_from_its_licences(int licenses, int limit)
    {
        var policy = Find("Submission", "smtp.office365.com:587", (Microsoft365, new() { Licenses = licenses }));

        Assert.Equal(new SendLimit(limit, LimitUnit.Recipients, 86_400), policy.ExternalLimit);
    }

    [Fact]
    public void A_trial_tenant_has_a_limit_of_its_own() =>
        Assert.Equal(
            5_000,
            Find("Relay", "contoso-com.mail.protection.outlook.com:25", (Microsoft365, new() { IsTrial = true }))
                .ExternalLimit?.Count);

    [Theory]
    [InlineData("Hve", "smtp.hve.mx.microsoft:587", false)]
    [InlineData("Acs", "smtp.azurecomm.net:587", false)]
    [InlineData("Gmail", "smtp.gmail.com:587", false)]
    [InlineData("Relay", "contoso-com.mail.protection.outlook.com:25", true)]
    [InlineData("Smtp", "contoso-com.mail.protection.outlook.com:25", true)]
    [InlineData("Smtp", "mail.example.com:25", false)]
    public void Some_ways_are_exempt(string method, string server, bool counts) =>
        Assert.Equal(counts, Find(method, server, (Microsoft365, new() { Licenses = 10 })).ExternalLimit is not null);

    [Fact]
    public void Recipients_outside_the_accepted_domains_are_external()
    {
        var policy = Find(
            "Submission",
            "smtp.office365.com:587",
            (Microsoft365, new() { Licenses = 10, AcceptedDomains = ["contoso.com", "bücher.example"] }));
        EmailAddress[] recipients =
        [
            EmailAddress.Parse("a@Contoso.com"),
            EmailAddress.Parse("b@sub.contoso.com"),
            EmailAddress.Parse("c@xn--bcher-kva.example"),
            EmailAddress.Parse("d@example.com"),
        ];

        var charges = policy.Charges(recipients, batchSize: 3);

        Assert.Equal(("Method:Submission", 2, 4), (charges[0].Key, charges[0].Messages, charges[0].Recipients));
        Assert.Equal(("Provider:Microsoft365/external", 2), (charges[1].Key, charges[1].Recipients));
        Assert.Equal(policy.Rules.Select(rule => rule.Key).Distinct(), charges.Select(charge => charge.Key));
    }

    [Fact]
    public void A_providers_own_limits_hold_for_all_its_methods()
    {
        var perHour = new SendLimit(500, LimitUnit.Messages, 3600);
        var policy = Find(
            "Relay", "contoso-com.mail.protection.outlook.com:25", (Microsoft365, new() { Limits = [perHour] }));

        Assert.Equal("Provider:Microsoft365", Assert.Single(policy.Rules).Key);
    }

    [Fact]
    public void The_account_is_who_logs_in()
    {
        var route = new SmtpRoute
        {
            Host = "smtp.office365.com",
            Credential = new PasswordCredential("anna@contoso.com", "x"),
        };
        var integrated = route with { Credential = new IntegratedCredential() };

        Assert.Equal(
            new ThrottleSubject("Smtp", "smtp.office365.com:587", "anna@contoso.com"),
            ThrottleSubject.Of(new SmtpMailRoute(route)));
        Assert.Null(ThrottleSubject.Of(new SmtpMailRoute(integrated)).Account);
    }

    [Fact]
    public void A_key_tells_its_scope()
    {
        ThrottleScope[] scopes = [Microsoft365, ThrottleScope.OfServer("[::1]:25"), ThrottleScope.Of(SendMethodId.Hve)];
        foreach (var scope in scopes)
        {
            Assert.True(ThrottleScope.TryParse(scope.Key("o/k@x:1"), out var found, out var account));
            Assert.Equal((scope, "o/k@x:1"), (found, account));
            Assert.True(ThrottleScope.TryParse(scope.Key(), out found, out account));
            Assert.Equal((scope, null), (found, account));
        }

        Assert.False(ThrottleScope.TryParse("nothing", out _, out _));
        Assert.False(ThrottleScope.TryParse("Planet:Mars", out _, out _));
    }

    private static (ThrottleScope Scope, ThrottleSettings Settings) Limited(string server, int perMinute) =>
        (ThrottleScope.OfServer(server), new() { Limits = [new SendLimit(perMinute, LimitUnit.Messages, 60)] });

    private static ThrottlePolicy Find(
        string method, string server, params (ThrottleScope Scope, ThrottleSettings Settings)[] settings) =>
        Finder.Find(new ThrottleSubject(method, server, null), settings.ToDictionary(s => s.Scope, s => s.Settings));
}
