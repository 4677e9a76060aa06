using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Servers;

/// <summary>Debian's Exim, unpacked (its TLS is GnuTLS, unlike that of the others).</summary>
public sealed class EximServer : MailServer
{
    private const string User = "Debian-exim";

    private static readonly UnpackedPackage Package = new("/usr/sbin/exim4", "exim4-daemon-light", "exim4-base");

    private readonly IReadOnlyDictionary<EximService, int> _ports =
        Enum.GetValues<EximService>().ToDictionary(service => service, _ => LoopbackPorts.Find());

    /// <summary>Prepares the server; xunit starts it.</summary>
    public EximServer()
        : base("exim")
    {
    }

    /// <inheritdoc/>
    public override string Log
    {
        get
        {
            var logs = System.IO.Directory.EnumerateFiles(Path.Combine(Directory.Path, "private/log/exim4"));
            return base.Log + string.Concat(logs.Select(File.ReadAllText));
        }
    }

    /// <inheritdoc/>
    protected override string? Missing => Package.Missing;

    /// <summary>The port of a service on 127.0.0.1.</summary>
    public int Port(EximService service) => _ports[service];

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        foreach (var place in (string[])["spool", "log"])
        {
            Directory.Subdirectory($"private/{place}");
            TestDirectory.CreateShared(Path.Combine(Directory.Path, $"private/{place}/exim4"));
        }

        var files = new Dictionary<string, string>
        {
            ["exim4/exim4.conf"] = EximConfiguration.Write(Store.Directory, Certificates, _ports),
            ["exim4/users"] = EximConfiguration.Users,
        };
        var exim = Run(Package.Command(Directory, [User], files, "-bdf", "-q1m"));
        await exim.WaitUntilListeningAsync(_ports.Values);
        await exim.WaitForGreetingAsync(Port(EximService.Relay));
    }
}
