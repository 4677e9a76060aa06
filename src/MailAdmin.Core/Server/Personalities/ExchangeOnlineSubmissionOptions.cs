namespace MailAdmin.Server.Personalities;

/// <summary>How <see cref="ExchangeOnlineSubmission"/> behaves; the limits are those of November 2026.</summary>
public sealed record ExchangeOnlineSubmissionOptions
{
    /// <summary>Who may log in.</summary>
    public IReadOnlyList<MailboxAccount> Accounts { get; init; } = [];

    /// <summary>Messages of one account in one minute; 0 for no limit.</summary>
    public int MessagesPerMinute { get; init; } = 30;

    /// <summary>Recipients of one account in 24 hours; 0 for no limit.</summary>
    public int RecipientsPerDay { get; init; } = 10_000;

    /// <summary>Recipients of one message: 500, which an administrator may change to 1 to 1,000.</summary>
    public int RecipientsPerMessage { get; init; } = 500;

    /// <summary>Connections of one account that may send at once; 0 for no limit.</summary>
    public int Connections { get; init; } = 3;

    /// <summary>Takes logins over TLS 1.0 and 1.1, as smtp-legacy.office365.com does.</summary>
    public bool AllowLegacyTls { get; init; }
}
