using System.Diagnostics;
using System.Globalization;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>A process of the queue that is killed as by the power switch, and knows its sockets.</summary>
internal sealed class KillableWorker : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MailAdmin.QueueWorker.dll");

    private readonly Process _process;
    private readonly Task _reading;

    private KillableWorker(IReadOnlyList<string> arguments, Action<string> onLine)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _reading = Task.Run(async () =>
        {
            // A line without its end was not said: the process was killed before.
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                onLine(line);
            }
        });
    }

    public bool IsRunning => !_process.HasExited;

    public static KillableWorker Start(IReadOnlyList<string> arguments, Action<string> onLine) => new(arguments, onLine);

    /// <summary>The local ports of its connections at this moment (proc(5)).</summary>
    public IReadOnlySet<int> LocalPorts()
    {
        var ports = new HashSet<int>();
        try
        {
            var inodes = Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd")
                .Select(entry => new FileInfo(entry).LinkTarget)
                .Where(target => target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
                .Select(target => target![8..^1])
                .ToHashSet();
            foreach (var line in new[] { "tcp", "tcp6" }.SelectMany(name => File.ReadLines($"/proc/net/{name}").Skip(1)))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (inodes.Contains(fields[9]))
                {
                    ports.Add(int.Parse(fields[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                }
            }
        }
        catch (IOException)
        {
            // It ended by itself.
        }

        return ports;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    public async Task WaitAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
