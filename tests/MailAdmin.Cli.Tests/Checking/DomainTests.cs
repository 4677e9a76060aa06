using System.Text.Json;
using MailAdmin.Dns.Server;

namespace MailAdmin.Cli.Tests.Checking;

public sealed class DomainTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly Cli _cli = new();

    private readonly DnsTestServer _dns = DnsTestServer.Start(new DnsTestZone(
        "good.example MX 10 mx.good.example",
        "mx.good.example A 203.0.114.7",
        "good.example TXT \"v=spf1 ip4:203.0.114.7 -all\"",
        "_dmarc.good.example TXT \"v=DMARC1; p=reject; rua=mailto:d@good.example\"",
        "bad.example MX 10 gone.bad.example",
        "bad.example TXT \"v=spf1 +all\"",
        "_dmarc.bad.example TXT \"v=DMARC1; p=none; \u001b]0;owned\u0007\""));

    public async ValueTask DisposeAsync()
    {
        await _dns.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Shows_findings_advice_and_what_to_publish()
    {
        Assert.Equal(ExitCode.DataError, await RunAsync("bad.example"));

        Assert.Contains("bad.example: Error", _cli.Output, StringComparison.Ordinal);
        Assert.Matches("Error +Spf +The record ends with \\+all", _cli.Output);
        Assert.Contains("End it with -all.", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("_smtp._tls.bad.example TXT", _cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _cli.Output);
        Assert.Equal("", _cli.Error);
    }

    [Fact]
    public async Task Nothing_wrong_is_exit_code_0()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("good.example", "--ip", "203.0.114.7"));
        Assert.Contains("203.0.114.7 may send for the domain", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_what_is_asked_for()
    {
        Assert.Equal(
            ExitCode.DataError,
            await RunAsync(
                "good.example", "--area", "spf", "--area", "dkim", "--selector", "s1", "--ip", "2001:db8::1",
                "--json"));

        var codes = _cli.Json().GetProperty("findings").EnumerateArray()
            .Select(finding => finding.GetProperty("code").GetString())
            .ToList();
        Assert.Contains("SpfAddressFail", codes);
        Assert.Contains("DkimNoRecord", codes);
        Assert.DoesNotContain(codes, code => code!.StartsWith("Mx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_an_object_for_each_domain_with_json()
    {
        await RunAsync("good.example", "bad.example", "GOOD.example", "--json");

        var objects = _cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(one => one.GetProperty("domain").GetString()!);
        Assert.Equal(["bad.example", "good.example"], objects.Keys.Order());
        var (good, bad) = (objects["good.example"], objects["bad.example"]);
        Assert.Equal((0, 65), (good.GetProperty("exitCode").GetInt32(), bad.GetProperty("exitCode").GetInt32()));
        Assert.Equal("v=spf1 ip4:203.0.114.7 -all", good.GetProperty("spf").GetString());
        Assert.Equal("mx.good.example", good.GetProperty("mxHosts")[0].GetString());
        Assert.Contains(
            "_dmarc.good.example. 300 IN TXT \"v=DMARC1; p=reject; rua=mailto:d@good.example\"",
            good.GetProperty("records").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task Writes_a_page_in_the_order_of_the_arguments_in_the_language_asked_for()
    {
        var path = Path.Combine(_folder, "page.html");
        await RunAsync("bad.example", "good.example", "--report", path, "--culture", "ja-JP");

        var html = await File.ReadAllTextAsync(path);
        Assert.Contains("lang=\"ja-JP\"", html, StringComparison.Ordinal);
        Assert.InRange(
            html.IndexOf("<h2>bad", StringComparison.Ordinal), 1, html.IndexOf("<h2>good", StringComparison.Ordinal));
        Assert.Contains("偽装メール", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_said() =>
        Assert.Equal(
            ExitCode.CannotCreate,
            await RunAsync("good.example", "--report", Path.Combine(_folder, "no", "page.html")));

    [Fact]
    public async Task Without_answers_from_the_DNS_nothing_is_known()
    {
        _dns.Add(new DnsFault(DnsFaultKind.Error));
        Assert.Equal(ExitCode.Unavailable, await RunAsync("good.example"));
        Assert.Contains("SERVFAIL", _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65, "no domain")]
    [InlineData(65, "192.0.2.1")]
    [InlineData(65, "good.example", "--provider", "Contoso")]
    [InlineData(64, "good.example", "--ip", "nowhere")]
    [InlineData(64, "good.example", "--area", "Lunch")]
    [InlineData(64, "good.example", "--timeout", "0")]
    [InlineData(64)]
    public async Task Unusable_input_is_refused_before_anything_is_asked(int expected, params string[] args)
    {
        Assert.Equal(expected, (int)await RunAsync(args));
        Assert.NotEmpty(_cli.Error);
        Assert.Empty(_dns.Queries);
    }

    [Fact]
    public async Task Ctrl_C_ends_it()
    {
        _dns.Add(new DnsFault(DnsFaultKind.Drop));
        using var ctrlC = new CancellationTokenSource();
        var run = _cli.RunWithInputAsync([], ctrlC.Token, "domain", "good.example", "--dns-server", $"{_dns.EndPoint}");
        while (_dns.Queries.Count == 0)
        {
            await Task.Delay(20);
        }

        await ctrlC.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await run.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private Task<ExitCode> RunAsync(params string[] args)
    {
        string[] culture = args.Contains("--culture") ? [] : ["--culture", "en-US"];
        return _cli.RunAsync(["domain", .. args, "--dns-server", $"{_dns.EndPoint}", .. culture]);
    }
}
