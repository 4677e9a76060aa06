namespace MailAdmin.Identity.Inspection;

/// <summary>What a token is looked at for.</summary>
public sealed record TokenExpectation
{
    /// <summary>The service that it is to open.</summary>
    public TokenService Service { get; init; }

    /// <summary>The cloud that the service is in.</summary>
    public CloudEnvironment Cloud { get; init; }

    /// <summary>Whom it is to log in; null when that is not known, or stands in the text itself.</summary>
    public string? User { get; init; }

    /// <summary>True when the text is an argument of AUTH XOAUTH2, even if it does not look like one.</summary>
    public bool IsXOAuth2 { get; init; }
}
