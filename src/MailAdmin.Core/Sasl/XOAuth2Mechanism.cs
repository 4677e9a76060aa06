namespace MailAdmin.Sasl;

/// <summary>
/// XOAUTH2, the mechanism of Google and Microsoft: <c>user=… ^A auth=Bearer … ^A ^A</c>. An error is answered with
/// nothing.
/// </summary>
internal sealed class XOAuth2Mechanism(string user, string token)
    : BearerMechanism("XOAUTH2", $"user={user}\u0001", token, []);
