namespace MailAdmin.Identity.Google;

/// <summary>Google's addresses for tokens.</summary>
/// <param name="Token">The token endpoint.</param>
/// <param name="DeviceCode">The device authorization endpoint (RFC 8628 §3.1).</param>
internal sealed record GoogleEndpoints(Uri Token, Uri DeviceCode)
{
    /// <summary>Those of Google, or those below another address.</summary>
    public static GoogleEndpoints Of(TokenSettings settings)
    {
        var root = settings.Authority ?? new Uri("https://oauth2.googleapis.com/");
        root = root.AbsoluteUri.EndsWith('/') ? root : new Uri(root.AbsoluteUri + "/");
        return new(new Uri(root, "token"), new Uri(root, "device/code"));
    }
}
