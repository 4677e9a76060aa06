using System.Globalization;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// A SOCKS5 proxy (RFC 1928; microsocks) and an HTTP proxy with CONNECT (tinyproxy), each with a login.
/// </summary>
public sealed class ProxyServers : IAsyncLifetime
{
    /// <summary>The user whom both proxies demand.</summary>
    public const string User = "proxyuser";

    /// <summary>That user's password.</summary>
    public const string Password = "proxy-password";

    private const string SocksProgram = "/usr/bin/microsocks";
    private const string HttpProgram = "/usr/bin/tinyproxy";

    private readonly TestDirectory _directory = new("proxies");
    private readonly List<ServerProcess> _processes = [];

    /// <summary>The SOCKS5 proxy's port on 127.0.0.1.</summary>
    public int SocksPort { get; } = LoopbackPorts.Find();

    /// <summary>The HTTP proxy's port on 127.0.0.1.</summary>
    public int HttpPort { get; } = LoopbackPorts.Find();

    private static string? Missing => Prerequisite.RootAnd(SocksProgram) ?? Prerequisite.RootAnd(HttpProgram);

    /// <summary>Skips the test, with the reason, when the proxies cannot run here.</summary>
    public void Require() => Skip.If(Missing is not null, Missing);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        var configuration = _directory.Write("tinyproxy.conf", $"""
            Port {HttpPort}
            Listen 127.0.0.1
            BasicAuth {User} {Password}
            MaxClients 200

            """);
        _processes.Add(ServerProcess.Start(
            SocksProgram, "-i", "127.0.0.1", "-p", SocksPort.ToString(CultureInfo.InvariantCulture),
            "-u", User, "-P", Password));
        _processes.Add(ServerProcess.Start(HttpProgram, "-d", "-c", configuration));
        await _processes[0].WaitUntilListeningAsync(SocksPort);
        await _processes[1].WaitUntilListeningAsync(HttpPort);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _directory.Dispose();
    }
}
