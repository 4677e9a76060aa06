namespace MailAdmin.Identity.Inspection;

/// <summary>What a text turned out to be.</summary>
public enum TokenForm
{
    /// <summary>An access token that can be read: a JSON Web Token (RFC 7519).</summary>
    Jwt,

    /// <summary>
    /// A token that only its issuer can read, such as Google's and those of personal Microsoft accounts.
    /// </summary>
    Opaque,

    /// <summary>The argument of AUTH XOAUTH2, as base64 or before that.</summary>
    XOAuth2,

    /// <summary>The argument of AUTH OAUTHBEARER (RFC 7628 §3.1), as base64 or before that.</summary>
    OAuthBearer,
}
