using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Servers;

/// <summary>Of Dovecot only the authentication service, which Postfix asks through a socket.</summary>
internal sealed class DovecotAuthentication
{
    private const string Program = "/usr/sbin/dovecot";

    private readonly string _socket;
    private readonly string _configuration;

    public DovecotAuthentication(TestDirectory directory, KerberosRealm kerberos)
    {
        var place = directory.Subdirectory("dovecot");
        _socket = Path.Combine(place, "auth");
        var users = directory.Write(
            "dovecot/users",
            string.Concat(Accounts.All.Select(account => $"{account.User}:{{PLAIN}}{account.Password}\n")));
        Tokens = new AccessTokens(directory);
        var tokens = directory.Write("dovecot/tokens.conf", $"""
            introspection_mode = local
            local_validation_key_dict = fs:posix:prefix={Tokens.KeyDirectory}/
            username_attribute = sub

            """);
        _configuration = directory.Write("dovecot/dovecot.conf", Configuration(place, users, tokens, kerberos));
    }

    public static string? Missing => Prerequisite.RootAnd(Program);

    public AccessTokens Tokens { get; }

    public IEnumerable<string> Command => [Program, "-F", "-c", _configuration];

    public Task WaitUntilReadyAsync(ServerProcess process) => process.WaitForFileAsync(_socket);

    // The last service's socket is closed to end the penalties: after a wrong password Dovecot would let the same
    // address wait longer and longer.
    private string Configuration(string place, string users, string tokens, KerberosRealm kerberos) => $$"""
        base_dir = {{place}}/run
        state_dir = {{place}}/run
        log_path = /dev/stderr
        protocols =
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer gssapi
        import_environment = KRB5_CONFIG={{kerberos.ConfigurationPath}}
        auth_krb5_keytab = {{kerberos.KeyTab}}
        auth_gssapi_hostname = "$ALL"
        auth_username_chars =
        auth_failure_delay = 0
        passdb {
          driver = oauth2
          mechanisms = xoauth2 oauthbearer
          args = {{tokens}}
        }
        passdb {
          driver = passwd-file
          mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
          args = username_format=%u {{users}}
        }
        passdb {
          driver = static
          mechanisms = gssapi
          args = nopassword
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home=/nonexistent
        }
        service auth {
          unix_listener {{_socket}} {
            mode = 0666
          }
        }
        service anvil {
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        """;
}
