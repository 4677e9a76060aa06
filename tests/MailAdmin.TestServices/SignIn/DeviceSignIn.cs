namespace MailAdmin.TestServices.SignIn;

/// <summary>A sign-in with a code (RFC 8628).</summary>
/// <param name="DeviceCode">What the device asks with.</param>
/// <param name="UserCode">What the person enters.</param>
/// <param name="ClientId">The application.</param>
/// <param name="Scope">What it asks for.</param>
/// <param name="ExpiresAt">Until when the code may be entered.</param>
internal sealed record DeviceSignIn(
    string DeviceCode, string UserCode, string ClientId, string Scope, DateTimeOffset ExpiresAt)
{
    public SignInState State { get; set; }
}
