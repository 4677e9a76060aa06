namespace MailAdmin.TestServices;

/// <summary>An application that is registered at the test identity provider.</summary>
public sealed record TestApp
{
    /// <summary>Its client id.</summary>
    public string ClientId { get; init; } = "11111111-2222-3333-4444-555555555555";

    /// <summary>Its client secret.</summary>
    public string Secret { get; init; } = "s3cret~of.the-test_application";

    /// <summary>Whether the secret's time is over.</summary>
    public bool SecretExpired { get; init; }

    /// <summary>The SHA-256 thumbprints, in hexadecimal, of the certificates that it may log in with.</summary>
    public IReadOnlyList<string> CertificateThumbprints { get; init; } = [];

    /// <summary>The subject of the foreign tokens that it may log in with; null for none.</summary>
    public string? FederatedSubject { get; init; }

    /// <summary>The application permissions that an administrator consented to, whatever the resource.</summary>
    public IReadOnlyList<string> Roles { get; init; } =
        ["SMTP.SendAsApp", "POP.AccessAsApp", "Mail.Send", "Mail.ReadWrite"];
}
