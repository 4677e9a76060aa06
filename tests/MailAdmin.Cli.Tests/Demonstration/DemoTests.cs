using System.Text.RegularExpressions;

namespace MailAdmin.Cli.Tests.Demonstration;

public sealed class DemoTests
{
    [Fact]
    public async Task Shows_each_step_and_ends_well()
    {
        var cli = new Cli();

        Assert.Equal((ExitCode.Ok, ""), (await cli.RunAsync("demo"), cli.Error));

        Assert.Contains("C: STARTTLS", cli.Output, StringComparison.Ordinal);
        Assert.Contains("C: AUTH PLAIN ****", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Sent to 3 of 4 recipients", cli.Output, StringComparison.Ordinal);
        Assert.Contains("550 5.1.1 nobody@example.com", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Subject:      Übersicht für Oktober – 売上レポート 📈", cli.Output, StringComparison.Ordinal);
        Assert.Contains("売上 2026-10.csv", cli.Output, StringComparison.Ordinal);
        Assert.Contains("SmtpClientAuthentication is disabled for the Mailbox", cli.Output, StringComparison.Ordinal);
        Assert.Contains("contoso-example.mail.protection.example, 127.0.0.1", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Queued mail for delivery", cli.Output, StringComparison.Ordinal);
        Assert.Contains("550 5.7.54 SMTP; Unable to relay", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Get-CASMailbox", cli.Output, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(cli.Output, "remedy  ", RegexOptions.CultureInvariant));
        Assert.Matches(new Regex(@"multipart/mixed\s+multipart/alternative\s+text/plain"), cli.Output);
    }

    [Fact]
    public async Task Takes_no_colours_where_none_show()
    {
        var cli = new Cli();

        await cli.RunAsync("demo");

        Assert.DoesNotContain('\e', cli.Output);
    }
}
