namespace MailAdmin.Server.Personalities;

/// <summary>What the services say to an account in each state, without the marks behind it.</summary>
internal static class AccountStateReplies
{
    private const string Unsuccessful = "535 5.7.139 Authentication unsuccessful,";
    private const string Visit = "Visit https://aka.ms/smtp_auth_disabled for more information.";
    private const string Contact = "Contact your administrator.";
    private const string Submission = "STOREDRV.Submission.Exception:";
    private const string Permanent = "Failed to process message due to a permanent exception with message";
    private const string External = "daily limit for sending email to external recipients";
    private const string ExternalLimit = "(tenant external recipient rate limit)";
    private const string More = "For more information see https://aka.ms/EXONdrs.";

    /// <summary>The reply to a login; null when the state lets it pass.</summary>
    public static string? ToLogin(AccountState state, bool hasToken) => state switch
    {
        AccountState.SmtpAuthDisabled =>
            $"{Unsuccessful} SmtpClientAuthentication is disabled for the Mailbox. {Visit}",
        AccountState.TenantSmtpAuthDisabled =>
            $"{Unsuccessful} SmtpClientAuthentication is disabled for the Tenant. {Visit}",
        AccountState.MfaRequired when !hasToken => "535 5.7.3 Authentication unsuccessful",
        AccountState.ConditionalAccess =>
            $"{Unsuccessful} the request did not meet the criteria to be authenticated successfully. {Contact}",
        AccountState.SecurityDefaults when !hasToken =>
            $"{Unsuccessful} user is locked by your organization's security defaults policy. {Contact}",
        AccountState.AuthenticationPolicy when !hasToken =>
            $"{Unsuccessful} the organization configuration doesn't allow this authentication request. {Contact}",
        AccountState.BasicAuthDisabled when !hasToken => $"{Unsuccessful} basic authentication is disabled.",
        AccountState.BasicAuthRetired when !hasToken =>
            "550 5.7.30 Basic authentication is not supported for Client Submission.",
        AccountState.FederatedStsUnreachable => $"{Unsuccessful} federated STS service was unreachable.",
        AccountState.FederatedStsNoTls12 => $"{Unsuccessful} the federated STS URL does not support HTTPS.",
        _ => null,
    };

    /// <summary>The reply to a message; null when the state lets it pass.</summary>
    public static string? ToMessage(AccountState state) => state switch
    {
        AccountState.LogonFailure => "430 4.2.0 STOREDRV; mailbox logon failure; MapiExceptionLogonFailed",
        AccountState.RestrictedSender => "550 5.1.8 Access denied, bad outbound sender AS(42004)",
        AccountState.Throttled => "550 5.2.252 Sender throttled due to continuous send as denied errors.",
        AccountState.MailboxFull =>
            $"554 5.2.2 mailbox full; {Submission}QuotaExceededException.MapiExceptionShutoffQuotaExceeded; " +
            $"{Permanent} Cannot submit message.",
        AccountState.SubmissionQuotaExceeded =>
            $"554 5.2.0 {Submission}SubmissionQuotaExceededException; {Permanent} The message can't be submitted " +
            "because the sender's submission quota was exceeded.",
        AccountState.SendAsDenied =>
            $"554 5.2.0 {Submission}SendAsDeniedException.MapiExceptionSendAsDenied; " +
            $"{Permanent} Cannot submit message.",
        AccountState.RecipientLimitReached =>
            "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
        AccountState.TrialTenantLimitReached =>
            $"550 5.7.232 Your message can't be sent because your trial tenant has exceeded its {External} " +
            $"{ExternalLimit}. {More}",
        AccountState.TenantLimitReached =>
            $"550 5.7.233 Your message can't be sent because your tenant exceeded its {External} " +
            $"{ExternalLimit}. {More}",
        _ => null,
    };
}
