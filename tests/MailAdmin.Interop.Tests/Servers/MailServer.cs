using System.Diagnostics;
using MailAdmin.Interop.Certificates;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// A real mail server on loopback with a directory of its own, started once for the tests that share it. It takes mail
/// for everyone and delivers all of it into <see cref="Store"/>.
/// </summary>
public abstract class MailServer : IAsyncLifetime
{
    private readonly List<ServerProcess> _processes = [];

    /// <summary>Prepares the directory; nothing runs yet.</summary>
    protected MailServer(string name)
    {
        Directory = new TestDirectory(name);
        Certificates = new TestCertificates(Directory);
        Store = new MessageStore(Path.Combine(Directory.Path, "store"), () => Log);
    }

    /// <summary>Where delivered messages land.</summary>
    public MessageStore Store { get; }

    /// <summary>The server's certificates and the client's.</summary>
    public TestCertificates Certificates { get; }

    /// <summary>How long the server took until it listened at all of its ports.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>What the server's processes said last.</summary>
    public virtual string Log => string.Concat(_processes.Select(process => process.Log));

    /// <summary>Configuration, queue and logs.</summary>
    protected TestDirectory Directory { get; }

    /// <summary>Why this machine cannot run the server; null when it can.</summary>
    protected abstract string? Missing { get; }

    /// <summary>Skips the test, with the reason, when the server cannot run here.</summary>
    public void Require() => Skip.If(Missing is not null, Missing);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            var starting = Stopwatch.StartNew();
            await StartAsync();
            StartTime = starting.Elapsed;
        }
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        Certificates.Dispose();
        Directory.Dispose();
    }

    /// <summary>Writes the configuration, starts the processes and waits until they listen.</summary>
    protected abstract Task StartAsync();

    /// <summary>Starts one process, which ends with the server.</summary>
    private protected ServerProcess Run(params IEnumerable<string> command)
    {
        var process = ServerProcess.Start(command);
        _processes.Add(process);
        return process;
    }
}
