using MailAdmin.Diagnosis;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Transports;
using static MailAdmin.Tests.Server.Personalities.PersonalityClient;

namespace MailAdmin.Tests.Server.Personalities;

/// <summary>From the service's refusal over our client to its explanation in both languages.</summary>
public sealed class DiagnosisTests
{
    [Theory]
    [InlineData(AccountState.SmtpAuthDisabled, "SmtpAuthDisabledForMailbox", RetryAdvice.AfterFix)]
    [InlineData(AccountState.TenantSmtpAuthDisabled, "SmtpAuthDisabledForTenant", RetryAdvice.AfterFix)]
    [InlineData(AccountState.MfaRequired, "SmtpAuthRefused", RetryAdvice.AfterFix)]
    [InlineData(AccountState.ConditionalAccess, "AuthPolicyBlocks", RetryAdvice.AfterFix)]
    [InlineData(AccountState.SecurityDefaults, "AuthPolicyBlocks", RetryAdvice.AfterFix)]
    [InlineData(AccountState.AuthenticationPolicy, "AuthPolicyBlocks", RetryAdvice.AfterFix)]
    [InlineData(AccountState.BasicAuthDisabled, "AuthPolicyBlocks", RetryAdvice.AfterFix)]
    [InlineData(AccountState.BasicAuthRetired, "BasicAuthRetired", RetryAdvice.AfterFix)]
    [InlineData(AccountState.FederatedStsUnreachable, "FederationUnreachable", RetryAdvice.AfterFix)]
    [InlineData(AccountState.FederatedStsNoTls12, "FederationWithoutTls12", RetryAdvice.AfterFix)]
    [InlineData(AccountState.LogonFailure, "AppMailboxLogonFailed", RetryAdvice.AfterFix)]
    [InlineData(AccountState.RestrictedSender, "BadOutboundSender", RetryAdvice.StopAndFix)]
    [InlineData(AccountState.Throttled, "SenderThrottledForErrors", RetryAdvice.StopAndFix)]
    [InlineData(AccountState.MailboxFull, "SenderMailboxFull", RetryAdvice.AfterFix)]
    [InlineData(AccountState.SubmissionQuotaExceeded, "SubmissionQuotaExceeded", RetryAdvice.AfterLimitResets)]
    [InlineData(AccountState.SendAsDenied, "SendAsDenied", RetryAdvice.StopAndFix)]
    [InlineData(AccountState.RecipientLimitReached, "MailboxRecipientQuota", RetryAdvice.AfterLimitResets)]
    [InlineData(AccountState.TrialTenantLimitReached, "TrialTenantRecipientQuota", RetryAdvice.AfterLimitResets)]
    [InlineData(AccountState.TenantLimitReached, "TenantRecipientQuota", RetryAdvice.AfterLimitResets)]
    public async Task The_trouble_of_an_account_is_found_out(AccountState state, string id, RetryAdvice retry) =>
        await AssertDiagnosisAsync(
            new ExchangeOnlineSubmission(new() { Accounts = [new MailboxAccount(User) { State = state }] }), id, retry);

    [Theory]
    [InlineData(AccountState.NotHveAccount, User, "HveUserUnknown")]
    [InlineData(AccountState.Working, "boss@contoso.com", "HveMailFromDiffers")]
    public async Task The_trouble_of_an_HVE_account_is_found_out(AccountState state, string sender, string id) =>
        await AssertDiagnosisAsync(
            new Hve(new() { Accounts = [new MailboxAccount(User) { State = state }] }),
            id,
            RetryAdvice.AfterFix,
            sender: sender);

    [Theory]
    [InlineData("TokenExpired", "exp", -1, false)]
    [InlineData("TokenExpired", "exp", -1, true)]
    [InlineData("TokenExpiresSoon", "exp", 300, false)]
    [InlineData("TokenExpiresSoon", "exp", 300, true)]
    [InlineData("TokenPermissionWrong", "roles", 3600, false)]
    [InlineData("TokenPermissionWrong", "roles", 3600, true)]
    [InlineData("TokenAudienceWrong", "aud", 3600, false)]
    public async Task The_trouble_of_a_token_is_found_out(string id, string claim, int lifetime, bool first)
    {
        object expiry = DateTimeOffset.UtcNow.AddSeconds(lifetime).ToUnixTimeSeconds();
        var token = TestTokens.Create(("nbf", null), ("exp", expiry), (claim, claim == "exp" ? expiry : null));

        await AssertDiagnosisAsync(
            new Hve(new() { Accounts = [new MailboxAccount(User)], UseFirstTokenCodes = first }),
            id,
            RetryAdvice.AfterFix,
            credential: new TokenCredential(User, token));
    }

    /// <summary>What our own client never does.</summary>
    [Theory]
    [InlineData("Xoauth2NotBase64", "?")]
    [InlineData("Xoauth2Layout", "user=a@contoso.com auth=Bearer t")]
    [InlineData("Xoauth2UserMissing", "user=^auth=Bearer t^^")]
    [InlineData("Xoauth2UserInvalid", "user=a^auth=Bearer t^^")]
    [InlineData("Xoauth2BearerMissing", "user=a@contoso.com^auth=t^^")]
    [InlineData("Xoauth2TokenMissing", "user=a@contoso.com^auth=Bearer ^^")]
    public void The_trouble_of_an_XOAUTH2_argument_is_found_out(string id, string argument)
    {
        var response = argument == "?" ? argument : TestTokens.Base64(argument.Replace('^', '\u0001'));

        var reply = new Hve().Response(new SmtpSessionInfo(1, null, null), "XOAUTH2", response);

        Assert.Equal(id, ErrorCatalog.Default.Explain($"{reply}")[0].Id);
    }

    [Theory]
    [InlineData("OldTls", "OldTls")]
    [InlineData("NoLogin", "NoLoginOnSubmissionHost")]
    [InlineData("NoSendAs", "SendAsMissing")]
    [InlineData("OtherAuthor", "SendAsDenied")]
    [InlineData("RateLimit", "TooManyConnections")]
    [InlineData("ConnectionLimit", "TooManyConnections")]
    [InlineData("WrongPassword", "CredentialsIncorrect")]
    [InlineData("FailedLogin", "SmtpAuthDisabledForMailbox")]
    [InlineData("NoTls", "TlsRequired")]
    [InlineData("TooManyRecipients", "TooManyRecipients")]
    [InlineData("WrongRegion", "WrongRegion")]
    [InlineData("MailboxUnknown", "RecipientUnknown")]
    [InlineData("RecipientMailboxFull", "MailboxFull")]
    public void The_public_replies_are_known_to_the_catalogue(string name, string id) =>
        Assert.Equal(id, ErrorCatalog.Default.Explain(PublicReplies.Get(name))[0].Id);

    [Theory]
    [InlineData("RelayAttributionFailed", "192.0.2.9")]
    [InlineData("DirectSendExternalRecipient", "")]
    public async Task The_trouble_of_a_relay_is_found_out(string id, string connector) =>
        await AssertDiagnosisAsync(
            new MxEndpoint(new()
            {
                AcceptedDomains = [MailAdmin.Addressing.DomainName.Parse("contoso.com")],
                Connectors = connector.Length == 0 ? [] : [InboundConnector.Parse(connector)],
            }),
            id,
            RetryAdvice.AfterFix,
            "joe@fabrikam.example");

    [Fact]
    public async Task A_rejected_Direct_Send_is_found_out() =>
        await AssertDiagnosisAsync(
            new MxEndpoint(new()
            {
                AcceptedDomains = [MailAdmin.Addressing.DomainName.Parse("contoso.com")],
                RejectDirectSend = true,
            }),
            "DirectSendRejected",
            RetryAdvice.AfterFix);

    private static async Task AssertDiagnosisAsync(
        ServerPersonality personality,
        string id,
        RetryAdvice retry,
        string to = "anna@contoso.com",
        string sender = User,
        SaslCredential? credential = null)
    {
        await using var server = await SmtpTestServer.StartAsync(personality.Apply(new()));
        await using var transport = Connect(server, personality is MxEndpoint ? null : credential ?? Password());

        var report = await SendAsync(transport, to, sender);

        Assert.NotEqual(DeliveryStatus.Sent, report.Status);
        foreach (var culture in new[] { "en-US", "ja-JP" })
        {
            var diagnosis = ErrorCatalog.Default.Explain(report.Error!, culture)[0];
            Assert.Equal((id, retry, culture), (diagnosis.Id, diagnosis.Retry, diagnosis.Culture));
            Assert.NotEmpty(diagnosis.Cause);
            Assert.NotEmpty(diagnosis.Remedies);
        }
    }
}
