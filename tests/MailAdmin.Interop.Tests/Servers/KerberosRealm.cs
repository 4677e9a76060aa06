using System.Text;
using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// A Kerberos realm with its key distribution centre on loopback, for the mechanism GSSAPI (RFC 4752).
/// </summary>
public sealed class KerberosRealm
{
    /// <summary>The realm.</summary>
    public const string Name = "EXAMPLE.TEST";

    private const string Program = "/usr/sbin/krb5kdc";

    private readonly string _place;
    private readonly string _centreConfiguration;
    private readonly int _port = LoopbackPorts.Find();

    internal KerberosRealm(TestDirectory directory)
    {
        _place = directory.Subdirectory("kerberos");
        ConfigurationPath = directory.Write("kerberos/krb5.conf", $$"""
            [libdefaults]
                default_realm = {{Name}}
                dns_lookup_kdc = false
                dns_canonicalize_hostname = false
                rdns = false
                udp_preference_limit = 1
            [realms]
                {{Name}} = {
                    kdc = 127.0.0.1:{{_port}}
                }
            [domain_realm]
                localhost = {{Name}}

            """);
        _centreConfiguration = directory.Write("kerberos/kdc.conf", $$"""
            [kdcdefaults]
                kdc_listen = 127.0.0.1:{{_port}}
                kdc_tcp_listen = 127.0.0.1:{{_port}}
            [realms]
                {{Name}} = {
                    database_name = {{_place}}/principal
                    key_stash_file = {{_place}}/stash
                    max_life = 1d
                }

            """);
    }

    /// <summary>The file that clients name in KRB5_CONFIG.</summary>
    public string ConfigurationPath { get; }

    internal static string? Missing => Prerequisite.RootAnd(Program);

    /// <summary>The keys of smtp/localhost.</summary>
    internal string KeyTab => Path.Combine(_place, "keytab");

    internal IEnumerable<string> Command => [.. Environment, Program, "-n"];

    private string[] Environment =>
        ["/usr/bin/env", $"KRB5_CONFIG={ConfigurationPath}", $"KRB5_KDC_PROFILE={_centreConfiguration}"];

    /// <summary>Gets a ticket for a user and returns its file, which clients name in KRB5CCNAME.</summary>
    public async Task<string> LoginAsync(string user, string password)
    {
        var tickets = Path.Combine(_place, $"tickets-{user}");
        var result = await new ExternalTool("env").RunAsync(
            Encoding.UTF8.GetBytes(password + "\n"),
            $"KRB5_CONFIG={ConfigurationPath}", "kinit", "-c", tickets, user);
        result.EnsureSuccess();
        return tickets;
    }

    internal async Task CreateAsync()
    {
        await RunAsync("kdb5_util", "create", "-s", "-P", Guid.NewGuid().ToString("N"));
        await RunAsync("kadmin.local", "addprinc", "-randkey", "smtp/localhost");
        await RunAsync("kadmin.local", "addprinc", "-pw", Accounts.Plain.Password, Accounts.Plain.User);
        await RunAsync("kadmin.local", "ktadd", "-k", KeyTab, "smtp/localhost");
        (await new ExternalTool("chown").RunAsync("dovecot", KeyTab)).EnsureSuccess();
    }

    internal Task WaitUntilReadyAsync(ServerProcess process) => process.WaitUntilListeningAsync(_port);

    private async Task RunAsync(params string[] command) =>
        (await new ExternalTool("env").RunAsync([.. Environment[1..], .. command])).EnsureSuccess();
}
