using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.PowerShell.Tokens;
using MailAdmin.Sasl;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Who logs in, of the parameters that can say so.</summary>
internal static class RouteLogin
{
    /// <summary>The login; null for none.</summary>
    /// <param name="credential">A user and a password; beside a token only the user.</param>
    /// <param name="integrated">Whether this process's own account is to log in.</param>
    /// <param name="token">The source of a token.</param>
    /// <param name="sender">The sender as it was typed: whose mailbox a token opens, if nothing else says so.</param>
    /// <exception cref="InputException">Two parameters say who logs in, or none says whose mailbox it is.</exception>
    public static SaslCredential? Of(
        PSCredential? credential, bool integrated, IAccessTokenSource? token, string? sender) =>
        (credential, integrated, token) switch
        {
            (null, false, null) => null,
            (null, true, null) => new IntegratedCredential(),
            ({ } login, false, null) => Secrets.ToSasl(login),
            (var login, false, { } source) => new TokenCredential(UserOf(login, source, sender), Inner(source)),
            (_, true, { }) => throw Two("-Token and -UseDefaultCredentials"),
            _ => throw Two("-Credential and -UseDefaultCredentials"),
        };

    private static string UserOf(PSCredential? login, IAccessTokenSource source, string? sender)
    {
        if (login is { Password.Length: > 0 })
        {
            throw Two("-Token and the password of -Credential");
        }

        return login?.UserName
            ?? (source as SmtpToken)?.User
            ?? (string.IsNullOrEmpty(sender) ? null : Mailbox.Parse(sender).Address.ToString())
            ?? throw new InputException(
                "TokenWithoutUser",
                "It is not said whose mailbox the token opens.",
                "Use Get-SmtpToken -User, or -Credential with the mailbox as its user name and an empty password.");
    }

    // What can be written down is the source, not the object that a prompt shows.
    private static IAccessTokenSource Inner(IAccessTokenSource source) =>
        source is SmtpToken token ? token.Source : source;

    private static InputException Two(string both) =>
        new("TwoLogins", $"{both} both say who logs in.", "Leave one of them out.");
}
