using System.Text;
using System.Text.Unicode;

namespace MailAdmin.Server;

/// <summary>
/// XOAUTH2 (Google's and Microsoft's): <c>user=ADDRESS ^A auth=Bearer TOKEN ^A ^A</c>. A refusal is explained in one
/// more challenge, which the client answers with an empty line.
/// </summary>
internal sealed class XOAuth2Login : LoginExchange
{
    private const char Separator = '\u0001';
    private const string UserField = "user=";
    private const string AuthField = "auth=Bearer ";

    public override byte[] FailureChallenge => """{"status":"401","schemes":"bearer","scope":"mail"}"""u8.ToArray();

    public override LoginStep Respond(byte[]? response)
    {
        if (response is null)
        {
            return LoginStep.Ask([]);
        }

        if (!Utf8.IsValid(response) ||
            Encoding.UTF8.GetString(response).Split(Separator) is not [var user, var auth, "", ""] ||
            !user.StartsWith(UserField, StringComparison.Ordinal) ||
            !auth.StartsWith(AuthField, StringComparison.OrdinalIgnoreCase) ||
            user.Length == UserField.Length)
        {
            return LoginStep.Malformed;
        }

        return LoginStep.Done(new SmtpLogin("XOAUTH2", user[UserField.Length..], auth[AuthField.Length..]));
    }
}
