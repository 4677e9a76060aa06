namespace MailAdmin.Server.Personalities;

/// <summary>What is wrong with an account, so that its logins or its messages are refused.</summary>
public enum AccountState
{
    /// <summary>Nothing.</summary>
    Working,

    /// <summary>SMTP AUTH is off for the mailbox: 535 5.7.139. High Volume Email does not care.</summary>
    SmtpAuthDisabled,

    /// <summary>SMTP AUTH is off for the tenant: 535 5.7.139. High Volume Email does not care.</summary>
    TenantSmtpAuthDisabled,

    /// <summary>Multi-factor authentication is demanded: 535 5.7.3.</summary>
    MfaRequired,

    /// <summary>Conditional Access blocks the login: 535 5.7.139.</summary>
    ConditionalAccess,

    /// <summary>The tenant's security defaults block the login: 535 5.7.139.</summary>
    SecurityDefaults,

    /// <summary>An authentication policy does not allow passwords: 535 5.7.139.</summary>
    AuthenticationPolicy,

    /// <summary>Passwords are switched off: 535 5.7.139. A token is taken.</summary>
    BasicAuthDisabled,

    /// <summary>Passwords are no longer served: 550 5.7.30. A token is taken.</summary>
    BasicAuthRetired,

    /// <summary>The organization's federation server cannot be reached: 535 5.7.139.</summary>
    FederatedStsUnreachable,

    /// <summary>The organization's federation server speaks no TLS 1.2: 535 5.7.139.</summary>
    FederatedStsNoTls12,

    /// <summary>The app has no permission on the mailbox: 430 4.2.0 to the message.</summary>
    LogonFailure,

    /// <summary>Sending is blocked for spam: 550 5.1.8 to the message.</summary>
    RestrictedSender,

    /// <summary>Slowed down for continuous errors: 550 5.2.252 to the message.</summary>
    Throttled,

    /// <summary>The sender's own mailbox is full: 554 5.2.2 to the message.</summary>
    MailboxFull,

    /// <summary>The recipients of the day are used up: 554 5.2.0 to the message.</summary>
    SubmissionQuotaExceeded,

    /// <summary>The mailbox may not send as anyone, itself included: 554 5.2.0 to the message.</summary>
    SendAsDenied,

    /// <summary>The mailbox has reached its recipients of the day, in the newer wording: 550 5.1.90.</summary>
    RecipientLimitReached,

    /// <summary>A trial tenant has reached its external recipients of the day: 550 5.7.232.</summary>
    TrialTenantLimitReached,

    /// <summary>The tenant has reached its external recipients of the day: 550 5.7.233.</summary>
    TenantLimitReached,

    /// <summary>The login is no High Volume Email account: 550 5.2.240. Submission does not care.</summary>
    NotHveAccount,

    /// <summary>
    /// The app is not on the allowed list of High Volume Email: 550 5.7.240. Submission does not care.
    /// </summary>
    AppNotAllowed,
}
