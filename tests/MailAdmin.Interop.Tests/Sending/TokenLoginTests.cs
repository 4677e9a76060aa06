using System.Text.Json.Nodes;
using MailAdmin.Diagnosis;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>
/// Tokens at Postfix, with a Dovecot behind it that asks the identity provider about each: what is refused there has
/// the right cause here.
/// </summary>
[Collection(nameof(PostfixServer))]
public sealed class TokenLoginTests(PostfixServer postfix)
{
    private const string User = "alice@contoso.example";

    public static TheoryData<string> Mechanisms => ["XOAUTH2", "OAUTHBEARER"];

    [SkippableTheory]
    [MemberData(nameof(Mechanisms))]
    public async Task Logs_in_with_a_token(string mechanism)
    {
        postfix.Require();
        await AssertSentAsync(mechanism, Token());
    }

    /// <summary>Of people in many groups.</summary>
    [SkippableTheory]
    [InlineData("XOAUTH2", 3_000)]
    [InlineData("OAUTHBEARER", 3_000)]
    [InlineData("XOAUTH2", 5_500)]
    [InlineData("OAUTHBEARER", 5_500)]
    public async Task Logs_in_with_a_long_token(string mechanism, int padding)
    {
        postfix.Require();
        var token = Token(("wids", new string('w', padding)));
        Assert.True(token.Length > 3 * 1024);
        await AssertSentAsync(mechanism, token);
    }

    [SkippableTheory]
    [MemberData(nameof(Mechanisms))]
    public async Task Tells_that_the_token_has_expired(string mechanism)
    {
        postfix.Require();
        var end = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds();
        await AssertRefusedAsync(mechanism, Token(("exp", end)), "TokenExpired", isExplained: false);
    }

    [SkippableTheory]
    [MemberData(nameof(Mechanisms))]
    public async Task Tells_that_the_token_is_of_another_user(string mechanism)
    {
        postfix.Require();
        await AssertRefusedAsync(mechanism, Token(("upn", "bob@contoso.example")), "TokenUserDiffers");
    }

    /// <summary>
    /// Neither does the server say so, nor is its audience known here: it is one of the causes that are named.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Mechanisms))]
    public async Task Tells_that_the_token_may_be_for_another_audience(string mechanism)
    {
        postfix.Require();
        await AssertRefusedAsync(mechanism, Token(("aud", "https://graph.microsoft.com")), "TokenInvalid");
    }

    [SkippableTheory]
    [MemberData(nameof(Mechanisms))]
    public async Task Tells_that_the_token_is_of_no_issuer_that_the_server_knows(string mechanism)
    {
        postfix.Require();
        await AssertRefusedAsync(
            mechanism, postfix.IdentityProvider.Tokens.Sign(Claims()), "TokenInvalid", isExplained: false);
    }

    /// <summary>One login a session: the next message goes through a session with the new token.</summary>
    [SkippableTheory]
    [MemberData(nameof(Mechanisms))]
    public async Task Goes_on_with_a_new_token_in_a_new_session(string mechanism)
    {
        postfix.Require();
        var now = DateTimeOffset.UtcNow;
        var source = new TwoTokens(
            new AccessToken(Token(), now.AddMinutes(1)), new AccessToken(Token(), now.AddMinutes(60)));
        await using var client = new RecordingClient(Route(mechanism, new TokenCredential(User, source)));

        for (var i = 0; i < 3; i++)
        {
            var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("renewal")));
            Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Error}\n{client.Dialogue}");
        }

        await client.CloseAsync();
        Assert.Equal(2, client.Commands.Count(IsLogin));
    }

    private static JsonObject Claims(params (string Name, JsonNode Value)[] changes)
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new JsonObject
        {
            ["aud"] = DovecotIntrospection.Audience,
            ["iat"] = now.AddMinutes(-10).ToUnixTimeSeconds(),
            ["nbf"] = now.AddMinutes(-10).ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["upn"] = User,
            ["scp"] = "SMTP.Send",
        };
        foreach (var (name, value) in changes)
        {
            claims[name] = value;
        }

        return claims;
    }

    private string Token(params (string Name, JsonNode Value)[] changes) =>
        postfix.IdentityProvider.Tokens.Issue(Claims(changes)).Value;

    private SmtpRoute Route(string mechanism, TokenCredential credential) =>
        Routes.To(postfix, PostfixService.TokenLogin) with
    {
        Security = ConnectionSecurity.StartTls,
        Credential = credential,
        Mechanism = mechanism,
    };

    private async Task AssertSentAsync(string mechanism, string token)
    {
        await using var client = new RecordingClient(Route(mechanism, new TokenCredential(User, token)));

        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("token")));
        await client.CloseAsync();

        Assert.True(report.Status == DeliveryStatus.Sent, $"{report.Error}\n{client.Dialogue}\n{postfix.Log}");
        Assert.Contains($"AUTH {mechanism}", client.Dialogue, StringComparison.Ordinal);
        AssertHidden(token, client.Dialogue);
    }

    // Dovecot explains itself when it dislikes what the provider says about a token, and not when that is not active.
    private async Task AssertRefusedAsync(string mechanism, string token, string id, bool isExplained = true)
    {
        await using var client = new RecordingClient(Route(mechanism, new TokenCredential(User, token)));

        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("token")));
        await client.CloseAsync();

        var error = Assert.IsType<AuthenticationFailedException>(report.Error);
        Assert.Equal(
            !isExplained ? null : mechanism == "XOAUTH2" ? "401" : "invalid_token", error.TokenError?.Status);
        Assert.Equal(SmtpStage.Auth, report.Stage);
        foreach (var culture in ErrorCatalog.Default.Cultures)
        {
            var diagnosis = ErrorCatalog.Default.Explain(error, culture)[0];
            Assert.Equal((id, culture), (diagnosis.Id, diagnosis.Culture));
        }

        Assert.DoesNotContain("MAIL FROM", client.Dialogue, StringComparison.Ordinal);
        Assert.Single(client.Commands, IsLogin);
        AssertHidden(token, client.Dialogue, error.ToString());
    }

    private static bool IsLogin(string command) => command.StartsWith("AUTH ", StringComparison.Ordinal);

    private static void AssertHidden(string token, params string[] texts)
    {
        var base64 = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(token));
        foreach (var text in texts)
        {
            Assert.DoesNotContain(token[10..30], text, StringComparison.Ordinal);
            Assert.DoesNotContain(token[^30..^10], text, StringComparison.Ordinal);
            Assert.DoesNotContain(base64[8..32], text, StringComparison.Ordinal);
        }
    }

    private sealed class TwoTokens(AccessToken first, AccessToken second) : IAccessTokenSource
    {
        private bool _given;

        public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken)
        {
            var token = _given ? second : first;
            _given = true;
            return ValueTask.FromResult(token);
        }
    }
}
