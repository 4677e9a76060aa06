using System.Text;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Logins at Postfix, with Dovecot or Cyrus behind it.</summary>
[Collection(nameof(PostfixServer))]
public sealed class LoginTests(PostfixServer postfix)
{
    [SkippableTheory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("SCRAM-SHA-256")]
    public async Task Logs_in_with_a_password(string mechanism)
    {
        postfix.Require();
        PostfixService[] services = [PostfixService.PlainLogin, PostfixService.Submission, PostfixService.ImplicitTls];
        foreach (var service in services)
        foreach (var (user, password) in Accounts.All)
        {
            var (report, dialogue) = await SendAsync(Route(service) with
            {
                Credential = new PasswordCredential(user, password),
                Mechanism = mechanism,
                AllowPlaintextAuth = true,
            });

            Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Error}\n{dialogue}");
            Assert.Contains($"AUTH {mechanism}", dialogue, StringComparison.Ordinal);
            AssertHidden(dialogue, password, $"\0{user}\0{password}");
        }
    }

    [SkippableTheory]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Logs_in_with_a_token(string mechanism)
    {
        postfix.Require();
        var token = postfix.Tokens.Issue(Accounts.Plain.User);

        var (report, dialogue) = await SendAsync(Route(PostfixService.Submission) with
        {
            Credential = new TokenCredential(Accounts.Plain.User, token),
            Mechanism = mechanism,
        });

        Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Error}\n{dialogue}");
        Assert.Contains($"AUTH {mechanism}", dialogue, StringComparison.Ordinal);
        AssertHidden(dialogue, token, $"user={Accounts.Plain.User}\u0001auth=Bearer {token}\u0001\u0001");
    }

    [SkippableTheory]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Tells_that_a_token_has_expired(string mechanism)
    {
        postfix.Require();
        var token = postfix.Tokens.Issue(Accounts.Plain.User, TimeSpan.FromMinutes(-5));

        var (report, dialogue) = await SendAsync(Route(PostfixService.Submission) with
        {
            Credential = new TokenCredential(Accounts.Plain.User, token),
            Mechanism = mechanism,
        });

        AssertFailed<AuthenticationFailedException>("SmtpAuthFailed", report, dialogue);
        AssertHidden(dialogue, token);
    }

    [SkippableFact]
    public async Task Logs_in_with_Ntlm()
    {
        postfix.Require();
        var (user, password) = Accounts.Plain;

        var (report, dialogue) = await SendAsync(Route(PostfixService.NtlmLogin) with
        {
            Security = ConnectionSecurity.None,
            Credential = new PasswordCredential(user, password),
            Mechanism = "NTLM",
            AllowPlaintextAuth = true,
        });

        Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Error}\n{dialogue}");
        Assert.Contains("AUTH NTLM", dialogue, StringComparison.Ordinal);
        AssertHidden(dialogue, password);
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("SCRAM-SHA-256")]
    public async Task Tells_that_the_password_is_wrong(string? mechanism)
    {
        postfix.Require();
        const string Wrong = "not the password";

        var (report, dialogue) = await SendAsync(Route(PostfixService.Submission) with
        {
            Credential = new PasswordCredential(Accounts.Plain.User, Wrong),
            Mechanism = mechanism,
        });

        AssertFailed<AuthenticationFailedException>("SmtpAuthFailed", report, dialogue);
        Assert.Equal(535, report.Reply!.Code);
        Assert.Equal(SmtpStage.Auth, report.Stage);
        AssertHidden(dialogue, Wrong, $"\0{Accounts.Plain.User}\0{Wrong}");
    }

    /// <summary>Never dropped silently.</summary>
    [SkippableFact]
    public async Task Tells_that_there_is_no_login()
    {
        postfix.Require();
        await using var tap = new WireTap(postfix.Port(PostfixService.Plain));

        var (report, dialogue) = await SendAsync(
            Routes.To(postfix, tap.Port) with { Credential = Login, Security = ConnectionSecurity.None });

        AssertFailed<AuthenticationNotOfferedException>("SmtpAuthNotOffered", report, dialogue);
        AssertNoLogin(await tap.SentAsync());
    }

    /// <summary>By default a login demands TLS.</summary>
    [SkippableFact]
    public async Task Demands_TLS_for_a_login()
    {
        postfix.Require();
        await using var tap = new WireTap(postfix.Port(PostfixService.PlainLogin));

        var (report, dialogue) = await SendAsync(Routes.To(postfix, tap.Port) with { Credential = Login });

        AssertFailed<StartTlsNotOfferedException>("SmtpStartTlsNotOffered", report, dialogue);
        AssertNoLogin(await tap.SentAsync());
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Keeps_the_password_from_a_connection_without_TLS(string? mechanism)
    {
        postfix.Require();
        await using var tap = new WireTap(postfix.Port(PostfixService.PlainLogin));

        var (report, dialogue) = await SendAsync(Routes.To(postfix, tap.Port) with
        {
            Credential = Login,
            Security = ConnectionSecurity.None,
            Mechanism = mechanism,
        });

        AssertFailed<PlaintextCredentialException>("SmtpCredentialWithoutTls", report, dialogue);
        AssertNoLogin(await tap.SentAsync());
    }

    /// <summary>Where a login without TLS is allowed, the password is not shown if the server can do without.</summary>
    [SkippableFact]
    public async Task Proves_the_password_without_showing_it()
    {
        postfix.Require();
        await using var tap = new WireTap(postfix.Port(PostfixService.PlainLogin));

        var (report, dialogue) = await SendAsync(Routes.To(postfix, tap.Port) with
        {
            Credential = Login,
            Security = ConnectionSecurity.None,
            AllowPlaintextAuth = true,
        });

        Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Error}\n{dialogue}");
        var sent = Encoding.Latin1.GetString(await tap.SentAsync());
        Assert.Contains("AUTH SCRAM-SHA-256 ", sent, StringComparison.Ordinal);
        AssertHidden(sent, Accounts.Plain.Password, $"\0{Accounts.Plain.User}\0{Accounts.Plain.Password}");
    }

    private static PasswordCredential Login { get; } = new(Accounts.Plain.User, Accounts.Plain.Password);

    private SmtpRoute Route(PostfixService service) => Routes.To(postfix, service) with
    {
        Security = service switch
        {
            PostfixService.ImplicitTls => ConnectionSecurity.Implicit,
            PostfixService.Submission => ConnectionSecurity.StartTls,
            _ => ConnectionSecurity.None,
        },
    };

    private static async Task<(DeliveryReport Report, string Dialogue)> SendAsync(SmtpRoute route)
    {
        await using var client = new RecordingClient(route);
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("login")));
        await client.CloseAsync();
        return (report, client.Dialogue);
    }

    private static void AssertFailed<T>(string errorId, DeliveryReport report, string dialogue)
    {
        Assert.True(report.Error is T, $"{report.Error}\n{dialogue}");
        Assert.Equal(errorId, report.Error!.ErrorId);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.DoesNotContain("MAIL FROM", dialogue, StringComparison.Ordinal);
        Assert.Contains("C: QUIT", dialogue, StringComparison.Ordinal);
    }

    private static void AssertHidden(string text, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(
                Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), text, StringComparison.Ordinal);
        }
    }

    private static void AssertNoLogin(byte[] sent)
    {
        var lines = Encoding.Latin1.GetString(sent).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["EHLO client.example.test", "QUIT"], lines);
    }
}
