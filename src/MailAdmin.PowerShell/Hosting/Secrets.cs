using System.Management.Automation;
using System.Net;
using System.Security;
using MailAdmin.Sasl;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Opens PowerShell's secrets at the moment of their use.</summary>
internal static class Secrets
{
    /// <summary>A user with a password that is opened for each login.</summary>
    public static SaslCredential ToSasl(PSCredential credential) =>
        new PasswordCredential(credential.UserName, () => Reveal(credential.Password));

    /// <summary>The text in clear; keep it no longer than it takes.</summary>
    public static string Reveal(SecureString secret) => new NetworkCredential("", secret).Password;

    /// <summary>A proxy's address with the login for it.</summary>
    public static Uri? WithLogin(Uri? proxy, PSCredential? credential)
    {
        if (credential is null || proxy is null)
        {
            return proxy;
        }

        var login = credential.GetNetworkCredential();
        return new UriBuilder(proxy)
        {
            UserName = Uri.EscapeDataString(login.UserName),
            Password = Uri.EscapeDataString(login.Password),
        }.Uri;
    }
}
