using System.Globalization;
using System.Text;
using MailAdmin.Interop.Tools;
using Xunit.Abstractions;

namespace MailAdmin.Interop.Servers;

/// <summary>The Postfix fixture, service by service.</summary>
[Collection(nameof(PostfixServer))]
public sealed class PostfixServerTests(PostfixServer postfix, ITestOutputHelper output)
    : MailServerContract(postfix, postfix.Port(PostfixService.Relay), output)
{
    [SkippableTheory]
    [InlineData(PostfixService.PlainLogin, "PLAIN", "")]
    [InlineData(PostfixService.PlainLogin, "LOGIN", "")]
    [InlineData(PostfixService.PlainLogin, "CRAM-MD5", "")]
    [InlineData(PostfixService.Submission, "PLAIN", "-tls")]
    [InlineData(PostfixService.Submission, "LOGIN", "-tls")]
    [InlineData(PostfixService.Submission, "CRAM-MD5", "-tls")]
    [InlineData(PostfixService.ImplicitTls, "PLAIN", "-tlsc")]
    public async Task Takes_the_login(PostfixService service, string mechanism, string tls)
    {
        postfix.Require();
        foreach (var (user, password) in Accounts.All)
        {
            var result = await SwaksAsync(service, [
                tls, "--auth", mechanism, "--auth-user", user, "--auth-password", password,
                "--to", "b@example.net", "--quit-after", "RCPT"]);
            result.EnsureSuccess();
        }
    }

    [SkippableTheory]
    [InlineData(PostfixService.PlainLogin, "")]
    [InlineData(PostfixService.Submission, "-tls")]
    [InlineData(PostfixService.ImplicitTls, "-tlsc")]
    public async Task Offers_every_mechanism_where_there_is_a_login(PostfixService service, string tls)
    {
        postfix.Require();
        var result = await SwaksAsync(service, [tls, "--quit-after", "EHLO"]);
        Assert.Contains(
            "AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER GSSAPI",
            result.EnsureSuccess().Output);
    }

    [SkippableTheory]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Takes_an_access_token(string mechanism)
    {
        postfix.Require();
        (await SendTokenAsync(mechanism, postfix.Tokens.Issue(Accounts.Plain.User), $"token-{mechanism}"))
            .EnsureSuccess();
        await postfix.Store.WaitForAsync($"token-{mechanism}");
    }

    [SkippableTheory]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Refuses_an_access_token_that_has_expired(string mechanism)
    {
        postfix.Require();
        var token = postfix.Tokens.Issue(Accounts.Plain.User, TimeSpan.FromMinutes(-5));
        var result = await SendTokenAsync(mechanism, token, "expired-token");
        const int LoginDenied = 67;
        Assert.Equal(LoginDenied, result.ExitCode);
    }

    [SkippableFact]
    public async Task Takes_a_Kerberos_ticket()
    {
        postfix.Require();
        var tickets = await postfix.Kerberos.LoginAsync(Accounts.Plain.User, Accounts.Plain.Password);
        var result = await CurlAsync(PostfixService.Submission, "kerberos", [
            $"KRB5_CONFIG={postfix.Kerberos.ConfigurationPath}", $"KRB5CCNAME={tickets}", "curl",
            "--user", $"{Accounts.Plain.User}@{KerberosRealm.Name}:", "--login-options", "AUTH=GSSAPI"]);
        result.EnsureSuccess();
        await postfix.Store.WaitForAsync("kerberos");
    }

    [SkippableFact]
    public async Task Takes_an_Ntlm_login()
    {
        postfix.Require();
        var (user, password) = Accounts.Plain;
        var result = await CurlAsync(PostfixService.NtlmLogin, "ntlm-login", [
            "curl", "--user", $"{user}:{password}", "--login-options", "AUTH=NTLM"]);
        result.EnsureSuccess();
        await postfix.Store.WaitForAsync("ntlm-login");
    }

    [SkippableFact]
    public async Task Refuses_a_wrong_password()
    {
        postfix.Require();
        var result = await SwaksAsync(PostfixService.PlainLogin, [
            "--auth", "PLAIN", "--auth-user", Accounts.Plain.User, "--auth-password", "wrong",
            "--to", "b@example.net"]);
        Assert.Contains("535 5.7.8", result.Output);
    }

    [SkippableTheory]
    [InlineData(PostfixService.ClientCertificate, true, "250 2.1.5")]
    [InlineData(PostfixService.ClientCertificate, false, "554 5.7.1")]
    [InlineData(PostfixService.ClientCertificateForced, true, "250 2.1.5")]
    public async Task Asks_for_a_client_certificate(PostfixService service, bool given, string reply)
    {
        postfix.Require();
        var client = postfix.Certificates.Client;
        string[] certificate = given ? ["--tls-cert", client.CertificatePath, "--tls-key", client.KeyPath] : [];
        var result = await SwaksAsync(
            service, ["-tls", .. certificate, "--to", "b@example.net", "--quit-after", "RCPT"]);
        Assert.Contains(reply, result.Output);
    }

    [SkippableFact]
    public async Task Breaks_off_without_the_forced_client_certificate()
    {
        postfix.Require();
        var result = await SwaksAsync(PostfixService.ClientCertificateForced, ["-tls", "--to", "b@example.net"]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("250 2.1.5", result.Output);
    }

    [SkippableFact]
    public async Task Takes_addresses_and_headers_beyond_ascii()
    {
        postfix.Require();
        var sent = Encoding.UTF8.GetBytes("Message-ID: <utf8@example.org>\r\nSubject: Grüße\r\n\r\nHallo\r\n");
        await Smtplib.SendAsync(
            sent, postfix.Port(PostfixService.Relay), "--utf8", "--sender", "jürgen@exämple.org", "søren@example.net");
        var stored = await postfix.Store.WaitForAsync("utf8@example.org");
        Assert.Equal("jürgen@exämple.org", stored.Sender);
        Assert.Equal(["søren@example.net"], stored.Recipients);
        Assert.Equal(sent, stored.ReadContent());
    }

    [SkippableFact]
    public async Task Offers_no_extension_where_it_is_bare()
    {
        postfix.Require();
        var result = await SwaksAsync(PostfixService.Bare, ["--quit-after", "EHLO"]);
        Assert.Equal(
            ["<-  250 postfix.example.test"],
            result.EnsureSuccess().Output.Split('\n')
                .Where(line => line.StartsWith("<-  250", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Refuses_what_is_too_large_where_it_is_small()
    {
        postfix.Require();
        var body = string.Join("\n", Enumerable.Repeat(new string('x', 900), 30));
        var result = await SwaksAsync(PostfixService.Small, ["--to", "b@example.net", "--body", body]);
        Assert.Contains("250-SIZE 20000", result.Output);
        Assert.Contains("552 5.3.4", result.Output);
    }

    private Task<ToolResult> SwaksAsync(PostfixService service, IEnumerable<string> options) =>
        ExternalTool.Swaks.RunAsync([
            "--server", "127.0.0.1", "--port", postfix.Port(service).ToString(CultureInfo.InvariantCulture),
            "--from", "a@example.org", .. options.Where(option => option.Length > 0)]);

    private Task<ToolResult> SendTokenAsync(string mechanism, string token, string id) =>
        CurlAsync(PostfixService.Submission, id, [
            "curl", "--user", Accounts.Plain.User + ":", "--oauth2-bearer", token,
            "--login-options", $"AUTH={mechanism}"]);

    // Run by env, so that a command can begin with variables.
    private Task<ToolResult> CurlAsync(PostfixService service, string id, IEnumerable<string> command) =>
        new ExternalTool("env").RunAsync(Sample.Message(id), [
            .. command, "--silent", "--show-error", "--cacert", postfix.Certificates.AuthorityPath,
            .. service == PostfixService.NtlmLogin ? Array.Empty<string>() : ["--ssl-reqd"],
            "--url", $"smtp://localhost:{postfix.Port(service)}",
            "--mail-from", "a@example.org", "--mail-rcpt", "b@example.net", "--upload-file", "-"]);
}
