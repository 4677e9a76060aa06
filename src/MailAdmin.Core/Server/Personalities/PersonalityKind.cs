namespace MailAdmin.Server.Personalities;

/// <summary>The services that an embedded server can behave like.</summary>
public enum PersonalityKind
{
    /// <summary>Client submission of Exchange Online: <see cref="Personalities.ExchangeOnlineSubmission"/>.</summary>
    ExchangeOnlineSubmission,

    /// <summary>High Volume Email of Microsoft 365: <see cref="Personalities.Hve"/>.</summary>
    Hve,

    /// <summary>The MX endpoint of a Microsoft 365 tenant: <see cref="Personalities.MxEndpoint"/>.</summary>
    MxEndpoint,
}
