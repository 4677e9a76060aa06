using System.Globalization;
using System.Text;
using System.Text.Json;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Sending;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.CommandLine;

/// <summary><c>mailadmin send</c> as a process of its own, with Postfix.</summary>
[Collection(nameof(PostfixServer))]
public sealed class SendCommandTests(PostfixServer postfix)
{
    private const string PasswordVariable = "TEST_PASSWORD";

    [SkippableFact]
    public async Task Composes_and_sends_with_a_login()
    {
        postfix.Require();
        using var directory = new TestDirectory("cli");
        var file = directory.Write("Übersicht.csv", "a;b\n1;2\n");
        var (user, password) = Accounts.International;
        var id = Drafts.NewId("cli");

        var result = await MailAdminCli.RunAsync(
            [$"{PasswordVariable}={password}"],
            default,
            [
                "send", .. Server(PostfixService.Submission), "--user", user, "--password-env", PasswordVariable,
                "--from", "Sender <sender@example.org>", "--to", "Jürgen <to@example.net>", "--bcc",
                "hidden@example.com",
                "--subject", "Grüße", "--text", "Ein Text", "--attach", file, "--message-id", id, "--json",
            ]);

        using var report = JsonDocument.Parse(result.EnsureSuccess().Output);
        Assert.Equal("Sent", report.RootElement.GetProperty("status").GetString());
        Assert.DoesNotContain(password, result.Output + result.Errors, StringComparison.Ordinal);
        var stored = await postfix.Store.WaitForAsync(id, 2);
        Assert.Equal(["hidden@example.com", "to@example.net"], stored.Recipients.Order());
        var read = await Judge.ReadAsync(stored);
        Assert.Equal("Grüße", read.Subject);
        Assert.Equal([new JudgedAddress(null, "Jürgen", "to@example.net")], read.To);
        Assert.Null(read.Bcc);
        Assert.Equal("Übersicht.csv", Assert.Single(read.Attachments).FileName);
    }

    [SkippableFact]
    public async Task Stands_in_for_sendmail()
    {
        postfix.Require();
        var id = Drafts.NewId("sendmail");
        var input = "From: cron@example.org\nTo: to@example.net\nBcc: hidden@example.com\nSubject: Report\n" +
            $"Message-ID: <{id}>\n\none\n.\ntwo\n";

        var result = await MailAdminCli.RunAsync(
            [], Encoding.UTF8.GetBytes(input), ["send", .. Server(PostfixService.Relay), "-t", "-i"]);

        Assert.Equal(("", ""), (result.EnsureSuccess().Output, result.Errors));
        var stored = await postfix.Store.WaitForAsync(id, 2);
        Assert.Equal("cron@example.org", stored.Sender);
        Assert.Equal(["hidden@example.com", "to@example.net"], stored.Recipients.Order());
        var text = Encoding.UTF8.GetString(stored.ReadContent());
        Assert.EndsWith("\r\n\r\none\r\n.\r\ntwo\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Ends_with_67_when_the_only_recipient_is_unknown()
    {
        postfix.Require();

        var result = await MailAdminCli.RunAsync([], default, [
            "send", .. Server(PostfixService.Relay),
            "--from", "sender@example.org", "--to", "refused@example.net", "--text", "x"]);

        const int NoUser = 67;
        Assert.True(result.ExitCode == NoUser, result.Errors);
        Assert.Contains("550 5.1.1 ", result.Output + result.Errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// The system's Kerberos library reads the environment when it starts, hence the process of its own.
    /// </summary>
    [SkippableFact]
    public async Task Logs_in_with_a_Kerberos_ticket()
    {
        postfix.Require();
        var tickets = await postfix.Kerberos.LoginAsync(Accounts.Plain.User, Accounts.Plain.Password);
        var id = Drafts.NewId("ticket");

        var result = await MailAdminCli.RunAsync(
            [$"KRB5_CONFIG={postfix.Kerberos.ConfigurationPath}", $"KRB5CCNAME={tickets}"],
            default,
            [
                "send", .. Server(PostfixService.Submission), "--integrated", "--transcript", "-",
                "--from", "sender@example.org", "--to", "to@example.net", "--text", "x", "--message-id", id,
            ]);

        result.EnsureSuccess();
        Assert.Contains("AUTH GSSAPI", result.Errors, StringComparison.Ordinal);
        await postfix.Store.WaitForAsync(id);
    }

    [SkippableFact]
    public async Task Says_that_there_is_no_Kerberos_ticket()
    {
        postfix.Require();

        var result = await MailAdminCli.RunAsync(
            [$"KRB5_CONFIG={postfix.Kerberos.ConfigurationPath}", "KRB5CCNAME=/nonexistent/tickets"],
            default,
            [
                "send", .. Server(PostfixService.Submission), "--integrated", "--transcript", "-",
                "--from", "sender@example.org", "--to", "to@example.net", "--text", "x",
            ]);

        const int NoPermission = 77;
        Assert.True(result.ExitCode == NoPermission, result.Output + result.Errors);
        Assert.Contains("kinit", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL FROM", result.Errors, StringComparison.Ordinal);
    }

    private string[] Server(PostfixService service) =>
    [
        "--server", "localhost:" + postfix.Port(service).ToString(CultureInfo.InvariantCulture),
        "--ca-file", postfix.Certificates.AuthorityPath,
    ];
}
