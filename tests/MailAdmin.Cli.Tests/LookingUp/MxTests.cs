using System.Text.Json;
using MailAdmin.Dns.Server;

namespace MailAdmin.Cli.Tests.LookingUp;

public sealed class MxTests
{
    private readonly Cli _cli = new();

    [Fact]
    public async Task Shows_where_the_mail_of_a_domain_goes()
    {
        var code = await RunAsync("contoso.com");

        Assert.Equal((ExitCode.Ok, ""), (code, _cli.Error));
        Assert.StartsWith(
            "contoso.com: contoso-com.mail.protection.outlook.com  (Microsoft 365)",
            _cli.Output,
            StringComparison.Ordinal);
        Assert.Contains("0 contoso-com.mail.protection.outlook.com  192.0.2.1", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_JSON()
    {
        await RunAsync("contoso.com", "--json");

        var json = _cli.Json();
        Assert.Equal("contoso-com.mail.protection.outlook.com", json.GetProperty("smartHost").GetString());
        Assert.Equal("192.0.2.1", json.GetProperty("hosts")[0].GetProperty("addresses")[0].GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("hosts")[0].GetProperty("fault").ValueKind);
        Assert.Equal("NotPublished", json.GetProperty("mtaSts").GetString());
    }

    [Fact]
    public async Task Says_that_an_MTA_STS_policy_cannot_be_had_and_leaves_it_aside_when_told_so()
    {
        await RunAsync("strict.example");
        Assert.Contains("MTA-STS Unusable", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("mta-sts.txt cannot be fetched", _cli.Output, StringComparison.Ordinal);

        var before = _cli.Output.Length;
        await RunAsync("strict.example", "--dns-only");
        Assert.DoesNotContain("MTA-STS", _cli.Output[before..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_behind_a_domain_that_does_not_exist()
    {
        var code = await RunAsync("gone.example", "quiet.example");

        Assert.Equal(ExitCode.NoHost, code);
        Assert.Contains("no domain gone.example", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("quiet.example: no mail host", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_a_domain() => Assert.Equal(ExitCode.Usage, await _cli.RunAsync("mx"));

    [Fact]
    public async Task Refuses_what_is_no_DNS_server() =>
        Assert.Equal(ExitCode.DataError, await _cli.RunAsync("mx", "contoso.com", "--dns-server", "a b"));

    private async Task<ExitCode> RunAsync(params string[] arguments)
    {
        await using var dns = DnsTestServer.Start(new DnsTestZone(
            "contoso.com MX 0 contoso-com.mail.protection.outlook.com",
            "contoso-com.mail.protection.outlook.com A 192.0.2.1",
            "quiet.example MX 0 .",
            "strict.example MX 0 mx.strict.example",
            "mx.strict.example A 192.0.2.2",
            "_mta-sts.strict.example TXT \"v=STSv1; id=1;\"",
            "mta-sts.strict.example A 127.66.66.66"));
        return await _cli.RunAsync(["mx", .. arguments, "--dns-server", $"{dns.EndPoint}"]);
    }
}
