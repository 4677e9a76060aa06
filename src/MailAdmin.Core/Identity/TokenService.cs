namespace MailAdmin.Identity;

/// <summary>What a token is for.</summary>
public enum TokenService
{
    /// <summary>Sending over SMTP: Exchange Online, or Gmail.</summary>
    Smtp,

    /// <summary>Fetching mail over POP3: Exchange Online, or Gmail.</summary>
    Pop,

    /// <summary>Sending through Microsoft Graph.</summary>
    Graph,

    /// <summary>High Volume Email, which refuses tokens that end soon.</summary>
    Hve,
}
