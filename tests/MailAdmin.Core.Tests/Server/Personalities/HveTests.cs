using System.Net;
using System.Text;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Transports;
using static MailAdmin.Tests.Server.Personalities.PersonalityClient;

namespace MailAdmin.Tests.Server.Personalities;

public sealed class HveTests
{
    private const string Mark = "[FR0P000HV0007.hve.mx.microsoft 2026-11-22T10:00:00.000Z 08DE2A6000000001]";

    private const string Opening = """
        S: 220 FR0P000HV0007.hve.mx.microsoft Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 10:00:00 +0000 [08DE2A6000000001]
        C: EHLO c
        S: 250-FR0P000HV0007.hve.mx.microsoft Hello [192.0.2.7]
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        C: EHLO c
        S: 250-FR0P000HV0007.hve.mx.microsoft Hello [192.0.2.7]
        S: 250 AUTH LOGIN XOAUTH2

        """;

    /// <summary>The table of the vendor's page: what is wrong, and the code.</summary>
    [Theory]
    [InlineData("5.5.121", "not base64!")]
    [InlineData("5.5.121", "dXNlcj1h=")]
    [InlineData("5.5.121", "\u00e4\u00f6\u00fc\u00df")]
    [InlineData("5.5.122", "\u00ff")]
    [InlineData("5.5.122", "user=a@contoso.com^auth=Bearer t^")]
    [InlineData("5.5.122", "user=a@contoso.com auth=Bearer t^^")]
    [InlineData("5.5.122", "user=a@contoso.com^auth=Bearer t^^^")]
    [InlineData("5.5.122", "user=a@contoso.com^token=t^^")]
    [InlineData("5.5.122", "")]
    [InlineData("5.5.123", "user=^auth=Bearer t^^")]
    [InlineData("5.5.123", "a@contoso.com^auth=Bearer t^^")]
    [InlineData("5.5.124", "user=a.contoso.com^auth=Bearer t^^")]
    [InlineData("5.5.125", "user=a@contoso.com^auth=t^^")]
    [InlineData("5.5.125", "user=a@contoso.com^auth=Basic t^^")]
    [InlineData("5.5.126", "user=a@contoso.com^auth=Bearer ^^")]
    [InlineData("5.5.126", "user=a@contoso.com^auth=Bearer^^")]
    public void The_argument_of_XOAUTH2_is_looked_at(string code, string argument)
    {
        var sent = code == "5.5.121" ? argument
            : Convert.ToBase64String(Encoding.Latin1.GetBytes(argument.Replace('^', '\u0001')));

        var initial = Talk($"AUTH XOAUTH2 {(sent.Length == 0 ? "=" : sent)}\r\n");
        var asked = Talk($"AUTH XOAUTH2\r\n{sent}\r\n");

        Assert.StartsWith($"501 {code} ", initial, StringComparison.Ordinal);
        Assert.StartsWith($"334 \r\n501 {code} ", asked, StringComparison.Ordinal);
        Assert.EndsWith($" {Mark}\r\n", initial, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("535 5.7.127", "501 5.5.127", -1, null)]
    [InlineData("535 5.7.143", "501 5.5.128", 0, null)]
    [InlineData("535 5.7.142", "501 5.5.127", 599, null)]
    [InlineData("235 2.7.0", "235 2.7.0", 600, null)]
    [InlineData("535 5.7.144", "501 5.5.129", 3600, "Mail.Read")]
    public void The_token_is_looked_at_by_the_clock(string newer, string first, int secondsLeft, string? role)
    {
        var expiry = secondsLeft < 0 ? (object)"never" : TestTokens.Now.AddSeconds(secondsLeft).ToUnixTimeSeconds();
        var token = TestTokens.Create(("exp", expiry), ("roles", new[] { role ?? "SMTP.SendAsApp" }));
        var login = $"AUTH XOAUTH2 {TestTokens.Argument("a@contoso.com", token)}\r\n";

        Assert.StartsWith(newer, Talk(login), StringComparison.Ordinal);
        Assert.StartsWith(
            secondsLeft < 0 ? newer : first,
            Talk(login, new() { UseFirstTokenCodes = true }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@contoso.com", "opaque")]
    [InlineData("a@contoso.com", "a.b.c")]
    [InlineData("a@contoso.com", "a.W10.c")]
    [InlineData("a@contoso.com", "a.bm8ganNvbg.c")]
    [InlineData("nobody@contoso.com", null)]
    public void OAuth_fails_in_general(string user, string? token) =>
        Assert.StartsWith(
            "535 5.7.127 ",
            Talk($"AUTH XOAUTH2 {TestTokens.Argument(user, token ?? TestTokens.Create())}\r\n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(AccountState.NotHveAccount, "550 5.2.240 ")]
    [InlineData(AccountState.AppNotAllowed, "550 5.7.240 ")]
    [InlineData(AccountState.AuthenticationPolicy, "235 2.7.0 ")]
    [InlineData(AccountState.SmtpAuthDisabled, "235 2.7.0 ")]
    [InlineData(AccountState.TenantSmtpAuthDisabled, "235 2.7.0 ")]
    public void An_app_that_may_not_is_told_so(AccountState state, string reply) =>
        Assert.StartsWith(
            reply,
            Talk(
                $"AUTH XOAUTH2 {TestTokens.Argument("a@contoso.com", TestTokens.Create())}\r\n",
                new() { Accounts = [new MailboxAccount("a@contoso.com") { State = state }] }),
            StringComparison.Ordinal);

    [Fact]
    public void A_token_of_ones_own_choice_is_taken_and_no_other()
    {
        var options = new HveOptions { Accounts = [new MailboxAccount("a@contoso.com") { Token = "opaque" }] };

        Assert.StartsWith("235 ", TalkWith("opaque"), StringComparison.Ordinal);
        Assert.StartsWith("535 ", TalkWith(TestTokens.Create()), StringComparison.Ordinal);

        string TalkWith(string token) =>
            Talk($"AUTH XOAUTH2 {TestTokens.Argument("a@contoso.com", token)}\r\n", options);
    }

    [Fact]
    public async Task Passwords_work_and_50_recipients_and_addresses_of_the_account_do()
    {
        var account = new MailboxAccount(User) { Password = "hunter2", SendAs = ["alarm@contoso.com"] };
        await using var server = await SmtpTestServer.StartAsync(new Hve(new() { Accounts = [account] }).Apply(new()));
        await using var transport = Connect(server, Password());

        var many = await SendAsync(transport, Enumerable.Range(1, 51).Select(i => $"r{i}@contoso.com"));
        Assert.Equal(DeliveryStatus.Sent, many.Status);
        Assert.Equal([50, 1], server.Messages.Select(message => message.Envelope.Recipients.Count));

        var alarm = await SendAsync(transport, sender: "alarm@contoso.com", author: "alarm@contoso.com");
        Assert.Equal(DeliveryStatus.Sent, alarm.Status);
        Assert.StartsWith(
            "550 5.7.62 ", Refusal(await SendAsync(transport, sender: "x@contoso.com")), StringComparison.Ordinal);
        Assert.StartsWith(
            "550 5.6.241 ", Refusal(await SendAsync(transport, author: "x@contoso.com")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_counted_by_the_minute()
    {
        var options = new HveOptions { Accounts = [new MailboxAccount(User)] };
        await using var server = await SmtpTestServer.StartAsync(
            new Hve(options, new SettableTime(DateTimeOffset.UtcNow)).Apply(new()));
        await using var transport = Connect(server, Password());

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport)).Status);
        }
    }

    /// <summary>What is answered to the lines behind the opening.</summary>
    private static string Talk(string lines, HveOptions? options = null)
    {
        options ??= new HveOptions();
        options = options.Accounts.Count > 0
            ? options
            : options with { Accounts = [new MailboxAccount("a@contoso.com")] };
        var server = new Hve(options, new SettableTime(TestTokens.Now)).Apply(new()
        {
            Extensions = SmtpServerExtensions.StartTls | SmtpServerExtensions.Auth,
        });
        var remote = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 50000);
        using var player = Script.Play(() => new SessionPlayer(server, remote: remote), Opening.TrimEnd());
        return player.Say(Encoding.UTF8.GetBytes(lines), MailAdmin.Tests.Smtp.Fragmentation.Lines);
    }
}
