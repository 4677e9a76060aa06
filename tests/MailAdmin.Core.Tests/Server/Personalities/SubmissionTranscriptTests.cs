using System.Net;
using System.Security.Authentication;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;

namespace MailAdmin.Tests.Server.Personalities;

public sealed class SubmissionTranscriptTests
{
    private const string Hello = """
        S: 220 FR0P000CA0021.outlook.office365.com Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 10:00:00 +0000 [08DE2A6000000001]
        C: EHLO printer.contoso.com
        S: 250-FR0P000CA0021.outlook.office365.com Hello [192.0.2.7]
        S: 250-SIZE 157286400
        S: 250-PIPELINING
        S: 250-DSN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-STARTTLS
        S: 250-8BITMIME
        S: 250-CHUNKING
        S: 250 SMTPUTF8

        """;

    private const string Secure = """
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        C: EHLO printer.contoso.com
        S: 250-FR0P000CA0021.outlook.office365.com Hello [192.0.2.7]
        S: 250-SIZE 157286400
        S: 250-PIPELINING
        S: 250-DSN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-AUTH LOGIN XOAUTH2
        S: 250-8BITMIME
        S: 250-CHUNKING
        S: 250 SMTPUTF8

        """;

    private const string Mark = "[FR0P000CA0021.outlook.office365.com 2026-11-22T10:00:00.000Z 08DE2A6000000001]";

    private static readonly ExchangeOnlineSubmissionOptions Options = new()
    {
        Accounts = [new MailboxAccount("scanner@contoso.com") { Password = "hunter2" }],
        RecipientsPerMessage = 2,
        MessagesPerMinute = 0,
    };

    [Fact]
    public void A_message_is_submitted()
    {
        using var player = Play(Hello + Secure + $"""
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: {TestTokens.Base64("scanner@contoso.com")}
            S: 334 UGFzc3dvcmQ6
            C: {TestTokens.Base64("hunter2")}
            S: 235 2.7.0 Authentication successful
            C: MAIL FROM:<scanner@contoso.com>
            C: RCPT TO:<a@contoso.com>
            C: RCPT TO:<b@fabrikam.example>
            C: RCPT TO:<c@contoso.com>
            C: DATA
            S: 250 2.1.0 Sender OK
            S: 250 2.1.5 Recipient OK
            S: 250 2.1.5 Recipient OK
            S: 452 4.5.3 Too many recipients
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: From: Scanner <scanner@contoso.com>
            C:
            C: x
            C: .
            S: 250 2.0.0 OK <ID@FR0P000CA0021.outlook.office365.com> [Hostname=FR0P000CA0021.outlook.office365.com]
            C: RSET
            C: NOOP
            C: QUIT
            S: 250 2.0.0 Resetting
            S: 250 2.0.0 OK
            S: 221 2.0.0 Service closing transmission channel
            """.Replace("C:\n", "C: \n", StringComparison.Ordinal));

        Assert.Equal(2, Assert.Single(player.Messages).Envelope.Recipients.Count);
    }

    [Fact]
    public void Nothing_goes_without_TLS_and_nothing_without_a_login()
    {
        using var player = Play(Hello + $"""
            C: MAIL FROM:<scanner@contoso.com>
            S: 451 5.7.3 STARTTLS is required to send mail {Mark}

            """ + Secure + $"""
            C: MAIL FROM:<scanner@contoso.com>
            S: 530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM {Mark}
            C: AUTH XOAUTH2 {TestTokens.Argument("scanner@contoso.com", "no-token")}
            S: 535 5.7.3 Authentication unsuccessful {Mark}
            C: MAIL FROM:<scanner@contoso.com>
            S: 530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.3 Authentication unsuccessful {Mark}
            C: AUTH XOAUTH2 {TestTokens.Argument("Scanner@contoso.com", TestTokens.Create())}
            S: 235 2.7.0 Authentication successful
            C: MAIL FROM:<>
            S: 250 2.1.0 Sender OK
            """);

        PublicReplies.AssertIs("NoTls", $"451 5.7.3 STARTTLS is required to send mail {Mark}");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, false, true)]
#pragma warning disable CA5397, SYSLIB0039, CS0618 // Old versions are what is tested.
    [InlineData(SslProtocols.Tls11, false, false)]
    [InlineData(SslProtocols.Tls, false, false)]
    [InlineData(SslProtocols.Tls, true, true)]
#pragma warning restore CA5397, SYSLIB0039, CS0618
    public void Old_TLS_ends_at_AUTH_but_on_the_legacy_host(SslProtocols protocol, bool isLegacyHost, bool isServed)
    {
        var reply = isServed
            ? "S: 334 VXNlcm5hbWU6"
            : "S: 421 4.7.66 TLS 1.0 and 1.1 are not supported. " +
                "Please upgrade/update your client to support TLS 1.2. " +
                $"Visit https://aka.ms/smtp_auth_tls. {Mark}";
        using var player = Play(
            Hello + Secure + "C: AUTH LOGIN\n" + reply, Options with { AllowLegacyTls = isLegacyHost }, protocol);

        Assert.Equal(isServed ? null : SessionAction.Close, player.End);
        if (!isServed)
        {
            PublicReplies.AssertIs("OldTls", reply[3..]);
        }
    }

    [Theory]
    [InlineData("aud", "https://graph.microsoft.com")]
    [InlineData("roles", null)]
    [InlineData("roles", "SMTP.SendAsApp")]
    [InlineData("exp", 1_795_341_600L)]
    [InlineData("exp", null)]
    [InlineData("exp", -1L)]
    [InlineData("exp", long.MaxValue)]
    [InlineData("exp", "tomorrow")]
    [InlineData("nbf", 1_795_341_601L)]
    [InlineData("upn", "other@contoso.com")]
    public void A_token_with_a_fault_is_refused(string claim, object? value)
    {
        Assert.Equal(1_795_341_600, TestTokens.Now.ToUnixTimeSeconds());

        using var player = Play(Hello + Secure + $"""
            C: AUTH XOAUTH2 {TestTokens.Argument("scanner@contoso.com", TestTokens.Create((claim, value)))}
            S: 535 5.7.3 Authentication unsuccessful {Mark}
            """);

        Assert.Null(player.Info.User);
    }

    [Fact]
    public void A_token_of_a_user_needs_the_scope_of_SMTP()
    {
        var token = TestTokens.Create(("roles", null), ("scp", "Mail.Read SMTP.Send"), ("upn", "scanner@contoso.com"));

        using var player = Play(Hello + Secure + $"""
            C: AUTH XOAUTH2 {TestTokens.Argument("scanner@contoso.com", token)}
            S: 235 2.7.0 Authentication successful
            """);
    }

    [Fact]
    public void Retired_passwords_leave_tokens_alone()
    {
        var retired = new MailboxAccount("scanner@contoso.com") { State = AccountState.BasicAuthRetired };

        using var player = Play(
            Hello + Secure + $"""
            C: AUTH LOGIN {TestTokens.Base64("scanner@contoso.com")}
            S: 334 UGFzc3dvcmQ6
            C: {TestTokens.Base64("hunter2")}
            S: 550 5.7.30 Basic authentication is not supported for Client Submission. {Mark}
            C: AUTH XOAUTH2 {TestTokens.Argument("scanner@contoso.com", TestTokens.Create())}
            S: 235 2.7.0 Authentication successful
            """,
            Options with { Accounts = [retired] });
    }

    private static SessionPlayer Play(
        string script, ExchangeOnlineSubmissionOptions? options = null, SslProtocols tls = SslProtocols.Tls13) =>
        Script.Play(
            () => new SessionPlayer(
                new ExchangeOnlineSubmission(options ?? Options, new SettableTime(TestTokens.Now)).Apply(new()),
                remote: new IPEndPoint(IPAddress.Parse("192.0.2.7"), 50000))
            {
                Tls = tls,
            },
            script);
}
