namespace MailAdmin.Identity;

/// <summary>
/// All that a token source is made from except its secrets, so that it can be written down and made again elsewhere.
/// </summary>
public sealed record TokenSettings
{
    /// <summary>The way to the token.</summary>
    public required TokenFlow Flow { get; init; }

    /// <summary>What the token is for.</summary>
    public TokenService Service { get; init; }

    /// <summary>The cloud of Microsoft 365.</summary>
    public CloudEnvironment Cloud { get; init; }

    /// <summary>The tenant: its id or one of its domains; null where the flow needs none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The application's client id; null where the flow needs none.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// The mailbox: who signs in, or for whom an application acts; for a Google service account the user it stands for.
    /// Null when that is not said.
    /// </summary>
    public string? User { get; init; }

    /// <summary>What to ask for in the place of the service's own scopes; empty for those.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The application's certificate; null where the flow needs none.</summary>
    public CertificateReference? Certificate { get; init; }

    /// <summary>The file that holds the foreign token; it is read anew each time, as it is renewed.</summary>
    public string? FederatedTokenFile { get; init; }

    /// <summary>Which identity of the machine.</summary>
    public ManagedIdentityKind Identity { get; init; }

    /// <summary>The id of the machine's identity; null for its own one.</summary>
    public string? IdentityId { get; init; }

    /// <summary>
    /// The sign-in service in the place of the cloud's or Google's: <c>https://host[:port]</c>. It is not compared with
    /// the list of known ones. Null for the usual one.
    /// </summary>
    public Uri? Authority { get; init; }

    /// <summary>The e-mail address of a Google service account; null for other flows.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>The id of the service account's key; null for other flows.</summary>
    public string? KeyId { get; init; }

    /// <summary>How long before its end a token is renewed: 10 minutes for High Volume Email, else 5.</summary>
    public TimeSpan RenewBefore => TimeSpan.FromMinutes(Service == TokenService.Hve ? 10 : 5);

    /// <summary>Whether somebody must sign in, at least once.</summary>
    public bool NeedsPerson => Flow is TokenFlow.Interactive or TokenFlow.DeviceCode or TokenFlow.GoogleDeviceCode;

    /// <summary>Whether Google is asked, not Entra ID.</summary>
    public bool IsGoogle =>
        Flow is TokenFlow.GoogleServiceAccount or TokenFlow.GoogleRefreshToken or TokenFlow.GoogleDeviceCode;
}
