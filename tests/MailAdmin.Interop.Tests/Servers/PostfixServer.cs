using MailAdmin.Interop.Tools;
using MailAdmin.TestServices;

namespace MailAdmin.Interop.Servers;

/// <summary>Debian's Postfix, with Dovecot's authentication service beside it.</summary>
public sealed class PostfixServer : MailServer
{
    private const string Program = "/usr/sbin/postfix";

    private readonly IReadOnlyDictionary<PostfixService, int> _ports =
        Enum.GetValues<PostfixService>().ToDictionary(service => service, _ => LoopbackPorts.Find());

    private readonly DovecotAuthentication _dovecot;
    private readonly DovecotIntrospection _introspection;

    /// <summary>Prepares the server; xunit starts it.</summary>
    public PostfixServer()
        : base("postfix")
    {
        Kerberos = new KerberosRealm(Directory);
        _dovecot = new DovecotAuthentication(Directory, Kerberos);
        _introspection = new DovecotIntrospection(Directory);
    }

    /// <summary>The realm whose tickets the server takes.</summary>
    public KerberosRealm Kerberos { get; }

    /// <summary>Issues access tokens that the server takes.</summary>
    public AccessTokens Tokens => _dovecot.Tokens;

    /// <summary>Who issues the tokens of <see cref="PostfixService.TokenLogin"/>, and is asked about them.</summary>
    public TestIdentityProvider IdentityProvider => _introspection.Provider;

    /// <inheritdoc/>
    protected override string? Missing =>
        Prerequisite.RootAnd(Program) ?? DovecotAuthentication.Missing ?? CyrusLogins.Missing ?? KerberosRealm.Missing;

    /// <summary>The port of a service on 127.0.0.1.</summary>
    public int Port(PostfixService service) => _ports[service];

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        await Kerberos.CreateAsync();
        var centre = Run(Kerberos.Command);
        var dovecot = Run(_dovecot.Command);
        await _introspection.StartProviderAsync();
        var introspection = Run(_introspection.Command);

        // Postfix makes the directories within these two, with the owners that they need.
        Directory.Subdirectory("queue");
        Directory.Subdirectory("data");
        await new ExternalTool("chown").RunAsync("postfix", Path.Combine(Directory.Path, "data"));

        // A copy, as the user who runs it may not be able to reach the tests.
        var script = Directory.Write("store.sh", File.ReadAllText(ExternalTool.Script("Servers/store.sh")));
        var configuration = new PostfixConfiguration(Directory.Path, Store.Directory, script, Certificates);
        var place = Directory.Subdirectory("postfix");
        Directory.Write("postfix/main.cf", configuration.Main);
        Directory.Write("postfix/master.cf", configuration.Master(_ports));
        Directory.Write("postfix/helo-only", PostfixConfiguration.HeloOnly);
        await CyrusLogins.WriteAsync(Directory, place);
        var postfix = Run(Program, "-c", place, "start-fg");
        await postfix.WaitUntilListeningAsync(_ports.Values);
        await postfix.WaitForGreetingAsync(Port(PostfixService.Relay));
        await Kerberos.WaitUntilReadyAsync(centre);
        await _dovecot.WaitUntilReadyAsync(dovecot);
        await _introspection.WaitUntilReadyAsync(introspection);
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _introspection.DisposeAsync();
    }
}
