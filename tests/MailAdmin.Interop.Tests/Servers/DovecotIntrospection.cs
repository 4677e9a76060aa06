using MailAdmin.Interop.Storage;
using MailAdmin.TestServices;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// Another authentication service of Dovecot, for tokens alone, which asks an identity provider about each (RFC 7662).
/// A token has to be for its audience.
/// </summary>
internal sealed class DovecotIntrospection(TestDirectory directory) : IAsyncDisposable
{
    public const string Audience = "https://mail.example.test";

    private const string Program = "/usr/sbin/dovecot";
    private const string Folder = "dovecot-introspection";

    private readonly string _place = directory.Subdirectory(Folder);
    private TestIdentityProvider? _provider;

    public TestIdentityProvider Provider => _provider!;

    public IEnumerable<string> Command => [Program, "-F", "-c", Path.Combine(_place, "dovecot.conf")];

    private string Socket => Path.Combine(_place, "auth");

    public async Task StartProviderAsync()
    {
        _provider = await TestIdentityProvider.StartAsync();
        var app = _provider.Options.Apps[0];
        var address = new UriBuilder(_provider.PlainAddress)
        {
            Path = "/oauth2/introspect",
            UserName = app.ClientId,
            Password = app.Secret,
        };
        var tokens = directory.Write($"{Folder}/tokens.conf", $"""
            introspection_mode = post
            introspection_url = {address.Uri.OriginalString}
            username_attribute = username
            active_attribute = aud
            active_value = {Audience}

            """);
        directory.Write($"{Folder}/dovecot.conf", Configuration(tokens));
    }

    public Task WaitUntilReadyAsync(ServerProcess process) => process.WaitForFileAsync(Socket);

    public ValueTask DisposeAsync() => _provider?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string Configuration(string tokens) => $$"""
        base_dir = {{_place}}/run
        state_dir = {{_place}}/run
        log_path = /dev/stderr
        protocols =
        listen = 127.0.0.1
        ssl = no
        auth_mechanisms = xoauth2 oauthbearer
        auth_failure_delay = 0
        passdb {
          driver = oauth2
          args = {{tokens}}
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home=/nonexistent
        }
        service auth {
          unix_listener {{Socket}} {
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
