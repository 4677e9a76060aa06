using MailAdmin.Diagnosis;
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
    [InlineData(AccountState.NotHveAccount, "HveUserUnknown")]
    public async Task The_trouble_of_an_HVE_account_is_found_out(AccountState state, string id) =>
        await AssertDiagnosisAsync(
            new Hve(new() { Accounts = [new MailboxAccount(User) { State = state }] }), id, RetryAdvice.AfterFix);

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
        ServerPersonality personality, string id, RetryAdvice retry, string to = "anna@contoso.com")
    {
        await using var server = await SmtpTestServer.StartAsync(personality.Apply(new()));
        await using var transport = Connect(server, personality is MxEndpoint ? null : Password());

        var report = await SendAsync(transport, to);

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
