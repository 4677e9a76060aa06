namespace MailAdmin.Server.Personalities;

/// <summary>How <see cref="Hve"/> behaves; the limits are those of November 2026.</summary>
public sealed record HveOptions
{
    /// <summary>Who may log in; <see cref="MailboxAccount.SendAs"/> are the account's further addresses.</summary>
    public IReadOnlyList<MailboxAccount> Accounts { get; init; } = [];

    /// <summary>Recipients of one message.</summary>
    public int RecipientsPerMessage { get; init; } = 50;

    /// <summary>How long a token must still be valid at the login; 10 minutes by default.</summary>
    public TimeSpan MinimumTokenLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Closes a session (421 4.7.0) at the first MAIL FROM after its token's end. Whether the service does so is not
    /// public.
    /// </summary>
    public bool EndSessionsWithToken { get; init; }

    /// <summary>
    /// Refuses tokens with the first codes, 501 5.5.127 to 5.5.129, in place of 535 5.7.142 to 5.7.144.
    /// </summary>
    public bool UseFirstTokenCodes { get; init; }
}
