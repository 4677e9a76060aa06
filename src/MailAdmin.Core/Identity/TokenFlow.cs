namespace MailAdmin.Identity;

/// <summary>The ways to a token.</summary>
public enum TokenFlow
{
    /// <summary>
    /// Entra ID: somebody signs in with the system's browser (authorization code with PKCE, RFC 7636).
    /// </summary>
    Interactive,

    /// <summary>Entra ID: somebody enters a code in a browser anywhere (RFC 8628).</summary>
    DeviceCode,

    /// <summary>Entra ID: an application with its secret (RFC 6749 §4.4).</summary>
    ClientSecret,

    /// <summary>Entra ID: an application with its certificate (RFC 7523).</summary>
    ClientCertificate,

    /// <summary>Entra ID: the identity that Azure gives the machine, function or container.</summary>
    ManagedIdentity,

    /// <summary>Entra ID: an application with a token of another issuer, as in Kubernetes or a build service.</summary>
    Federated,

    /// <summary>Google: a service account with its key (RFC 7523), for a user of the Workspace.</summary>
    GoogleServiceAccount,

    /// <summary>Google: a refresh token that was obtained before (RFC 6749 §6).</summary>
    GoogleRefreshToken,

    /// <summary>Google: somebody enters a code in a browser anywhere (RFC 8628).</summary>
    GoogleDeviceCode,
}
