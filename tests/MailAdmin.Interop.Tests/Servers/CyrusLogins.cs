using System.Text;
using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Servers;

/// <summary>Cyrus SASL within Postfix: here for NTLM, which Debian's Dovecot does not have.</summary>
internal static class CyrusLogins
{
    private const string Program = "/usr/sbin/saslpasswd2";

    public static string? Missing => Prerequisite.RootAnd(Program);

    /// <summary>Writes what Postfix looks for in the directory sasl beside its configuration.</summary>
    public static async Task WriteAsync(TestDirectory directory, string postfix)
    {
        var users = Path.Combine(directory.Path, "sasldb");
        var saslpasswd = new ExternalTool("saslpasswd2");
        foreach (var (user, password) in Accounts.All)
        {
            var result = await saslpasswd.RunAsync(
                Encoding.UTF8.GetBytes(password), "-p", "-c", "-f", users, "-u", PostfixConfiguration.HostName, user);
            result.EnsureSuccess();
        }

        (await new ExternalTool("chown").RunAsync("postfix", users)).EnsureSuccess();
        directory.Subdirectory(Path.Combine(postfix, "sasl"));
        directory.Write(Path.Combine(postfix, "sasl/smtpd.conf"), $"""
            pwcheck_method: auxprop
            auxprop_plugin: sasldb
            sasldb_path: {users}
            mech_list: NTLM DIGEST-MD5

            """);
    }
}
