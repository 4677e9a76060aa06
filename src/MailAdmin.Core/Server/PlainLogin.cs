using System.Text;
using System.Text.Unicode;

namespace MailAdmin.Server;

/// <summary>PLAIN (RFC 4616): <c>[authzid] NUL authcid NUL password</c>. Nobody may act for somebody else.</summary>
internal sealed class PlainLogin : LoginExchange
{
    public override LoginStep Respond(byte[]? response)
    {
        if (response is null)
        {
            return LoginStep.Ask([]);
        }

        if (!Utf8.IsValid(response) ||
            Encoding.UTF8.GetString(response).Split('\0') is not [var actor, { Length: > 0 } user, var password])
        {
            return LoginStep.Malformed;
        }

        return LoginStep.Done(
            actor.Length == 0 || actor == user
                ? new SmtpLogin("PLAIN", user, password)
                : new SmtpLogin("PLAIN", user, _ => false));
    }
}
