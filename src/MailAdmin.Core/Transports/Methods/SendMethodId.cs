namespace MailAdmin.Transports.Methods;

/// <summary>The ways of making mail leave.</summary>
public enum SendMethodId
{
    /// <summary>Client SMTP submission: a login to a mailbox of Microsoft 365.</summary>
    Submission,

    /// <summary>SMTP relay through a connector of Microsoft 365.</summary>
    Relay,

    /// <summary>Direct Send to the MX endpoint, for the own organisation only.</summary>
    DirectSend,

    /// <summary>High Volume Email of Microsoft 365.</summary>
    Hve,

    /// <summary>Azure Communication Services Email.</summary>
    Acs,

    /// <summary>A Google account.</summary>
    Gmail,

    /// <summary>A server of one's own.</summary>
    OnPremises,

    /// <summary>Microsoft Graph, which is not SMTP.</summary>
    Graph,
}
