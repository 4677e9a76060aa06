using System.Text;
using System.Text.Json;

namespace MailAdmin.Cli.Tests.Explaining;

public sealed class ExplainTests : IDisposable
{
    private const string Reply = "550 5.7.60 SMTP; Client does not have permissions to send as this sender";

    private const string Report = """
        Received: from a.example.com by b.example.com; Sun, 22 Nov 2026 10:00:00 +0000
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; b.example.com

        Final-Recipient: rfc822; anna@example.com
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --x--
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
    private readonly Cli _cli = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Says_cause_remedies_and_command()
    {
        Assert.Equal(ExitCode.Ok, await _cli.RunAsync("explain", Reply, "--culture", "en-US"));

        var lines = _cli.Output.Split('\n');
        Assert.Equal("SendAsMissing (550 5.7.60)", lines[0]);
        Assert.StartsWith("  The login may not send as this sender", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  1. ", lines[2], StringComparison.Ordinal);
        Assert.Contains("  > Add-RecipientPermission ", _cli.Output, StringComparison.Ordinal);
        Assert.Empty(_cli.Error);
    }

    [Fact]
    public async Task Takes_words_without_quotes_and_speaks_Japanese()
    {
        Assert.Equal(ExitCode.Ok, await _cli.RunAsync(["explain", "--culture", "ja-JP", .. Reply.Split(' ')]));

        Assert.StartsWith("SendAsMissing", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("権限", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_an_object_for_each_cause_with_json()
    {
        Assert.Equal(ExitCode.Ok, await _cli.RunAsync("explain", Reply, "--json", "--culture", "en-US"));

        var json = _cli.Json();
        Assert.Equal(
            [
                "id", "code", "enhancedCode", "text", "cause", "remedies", "adminCommand", "isTransient", "retry",
                "retryAdvice", "methods", "stage", "links", "confidence", "matchedBy", "culture", "sourceDate",
                "recipient", "server", "lineNumber",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(550, json.GetProperty("code").GetInt32());
        Assert.Equal("5.7.60", json.GetProperty("enhancedCode").GetString());
        Assert.Equal("AfterFix", json.GetProperty("retry").GetString());
        Assert.True(json.GetProperty("remedies").GetArrayLength() > 1);
    }

    [Theory]
    [InlineData("--file")]
    [InlineData("-")]
    public async Task Reads_a_report(string from)
    {
        var path = Path.Combine(_folder, "report.eml");
        await File.WriteAllTextAsync(path, Report);

        var code = from == "-"
            ? await _cli.RunWithInputAsync(Report, "explain", "-", "--json")
            : await _cli.RunAsync("explain", from, path, "--json");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("RecipientUnknown", _cli.Json().GetProperty("id").GetString());
        Assert.Equal("anna@example.com", _cli.Json().GetProperty("recipient").GetString());
    }

    [Fact]
    public async Task Reads_a_large_log_line_by_line()
    {
        const int Lines = 3000;
        var log = new StringBuilder();
        for (var i = 1; i <= Lines; i++)
        {
            log.Append("Nov 22 10:00:00 mx postfix/smtp[1]: 4A: to=<u").Append(i)
                .Append("@example.com>, relay=b.example.com[192.0.2.1]:25, dsn=5.1.1, status=bounced ")
                .Append("(host b.example.com[192.0.2.1] said: 550 5.1.1 User unknown)\n");
        }

        Assert.Equal(ExitCode.Ok, await _cli.RunWithInputAsync(log.ToString(), "explain", "-", "--json"));

        var found = _cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Lines, found.Length);
        var last = JsonDocument.Parse(found[^1]).RootElement;
        Assert.Equal(Lines, last.GetProperty("lineNumber").GetInt32());
        Assert.Equal($"u{Lines}@example.com", last.GetProperty("recipient").GetString());
    }

    [Fact]
    public async Task Says_what_to_give_when_nothing_is_known()
    {
        Assert.Equal(ExitCode.DataError, await _cli.RunAsync("explain", "hello"));

        Assert.Contains("550 5.7.60", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.Output);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "explain")]
    [InlineData(ExitCode.Usage, "explain", "550", "--file", "x")]
    [InlineData(ExitCode.Usage, "explain", "550", "--culture", "fr-FR")]
    [InlineData(ExitCode.NoInput, "explain", "--file", "/no/such/file")]
    internal async Task Refuses_what_it_cannot_read(ExitCode code, params string[] args) =>
        Assert.Equal(code, await _cli.RunAsync(args));
}
