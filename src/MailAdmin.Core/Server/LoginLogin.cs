using System.Text;
using System.Text.Unicode;

namespace MailAdmin.Server;

/// <summary>LOGIN (draft-murchison-sasl-login): asks for the user name, then for the password.</summary>
internal sealed class LoginLogin : LoginExchange
{
    private string? _user;

    public override LoginStep Respond(byte[]? response)
    {
        if (response is null)
        {
            return LoginStep.Ask("Username:"u8);
        }

        if (!Utf8.IsValid(response))
        {
            return LoginStep.Malformed;
        }

        var text = Encoding.UTF8.GetString(response);
        if (_user is not null)
        {
            return LoginStep.Done(new SmtpLogin("LOGIN", _user, text));
        }

        _user = text;
        return text.Length == 0 ? LoginStep.Malformed : LoginStep.Ask("Password:"u8);
    }
}
