using System.Net;
using MailAdmin.Dns.Server;
using MailAdmin.Server;

namespace MailAdmin.Cli.Tests.Sending;

/// <summary>Routes that are a method of sending in the place of a server.</summary>
public sealed class SendMethodTests
{
    private static readonly string[] Message = ["--from", "a@contoso.com", "--to", "b@contoso.com", "--text", "x"];

    private readonly Cli _cli = new();

    [Theory]
    [InlineData("relay", "Relay")]
    [InlineData("direct-send", "DirectSend")]
    public async Task Goes_to_the_MX_hosts_of_the_domain(string method, string reported)
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Addresses = [IPAddress.Loopback] });
        await using var dns = DnsTestServer.Start(new DnsTestZone(
            "contoso.com MX 10 gone.contoso.com", "contoso.com MX 20 mx.contoso.com", "mx.contoso.com A 127.0.0.1"));

        var code = await SendAsync(
            "--method", method, "--domain", "contoso.com", "--port", $"{server.Endpoint.Port}",
            "--dns-server", $"{dns.EndPoint}", "--json");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(reported, _cli.Json().GetProperty("method").GetString());
        Assert.Equal($"mx.contoso.com:{server.Endpoint.Port}", _cli.Json().GetProperty("server").GetString());
        Assert.Contains("gone.contoso.com", _cli.Error, StringComparison.Ordinal);
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData((int)ExitCode.Usage, "--server", "localhost", "--method", "relay", "--domain", "contoso.com")]
    [InlineData((int)ExitCode.Usage, "--server", "localhost", "--domain", "contoso.com")]
    [InlineData((int)ExitCode.Usage, "--domain", "contoso.com")]
    [InlineData((int)ExitCode.Usage, "--method", "pigeon")]
    [InlineData((int)ExitCode.Usage, "--server", "localhost", "--no-sent-items")]
    [InlineData((int)ExitCode.DataError, "--method", "on-premises", "--no-sent-items")]
    [InlineData((int)ExitCode.DataError, "--method", "graph")]
    [InlineData((int)ExitCode.DataError, "--method", "relay")]
    [InlineData((int)ExitCode.DataError, "--method", "submission")]
    public async Task Refuses_what_does_not_go_together(int expected, params string[] route) =>
        Assert.Equal(expected, (int)await SendAsync(route));

    [Fact]
    public async Task A_dry_run_names_the_server_of_the_method()
    {
        _cli.Environment["MAIL_PASSWORD"] = "hunter2";
        var code = await SendAsync(
            "--method", "submission", "--environment", "us-gov", "--user", "a@contoso.com",
            "--password-env", "MAIL_PASSWORD", "--dry-run");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("smtp.office365.us:587, security StartTls", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_takes_a_token_and_is_where_the_cloud_has_it()
    {
        _cli.Environment["GRAPH_TOKEN"] = "eyJ.token";
        var code = await SendAsync(
            "--method", "graph", "--environment", "china", "--user", "a@contoso.com", "--token-env", "GRAPH_TOKEN",
            "--no-sent-items", "--dry-run");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(
            "microsoftgraph.chinacloudapi.cn:443, security Implicit, with a login",
            _cli.Output,
            StringComparison.Ordinal);
    }

    private Task<ExitCode> SendAsync(params string[] route) => _cli.RunAsync(["send", .. Message, .. route]);
}
