using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

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
            var said = _process.StandardOutput;
            var line = new StringBuilder();
            for (var one = new char[1]; await said.ReadAsync(one) > 0;)
            {
                if (one[0] == '\n')
                {
                    onLine(line.ToString());
                    line.Clear();
                }
                else
                {
                    line.Append(one[0]);
                }
            }
        });
    }

    public bool IsRunning => !_process.HasExited;

    public static KillableWorker Start(IReadOnlyList<string> arguments, Action<string> onLine) =>
        new(arguments, onLine);

    /// <summary>
    /// Stops it where it is (SIGSTOP), so that what it has under way can be counted before it is killed.
    /// </summary>
    public void Freeze()
    {
        const int stop = 19;
        _ = Signal(_process.Id, stop);
        while (IsRunning && !IsStill())
        {
            Thread.Yield();
        }
    }

    /// <summary>The local ports of its connections to a port at this moment (proc(5)).</summary>
    public IReadOnlySet<int> LocalPorts(int remotePort)
    {
        var ports = new HashSet<int>();
        try
        {
            var inodes = Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd")
                .Select(entry => new FileInfo(entry).LinkTarget)
                .Where(target => target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
                .Select(target => target![8..^1])
                .ToHashSet();
            // The kernel's list may skip one while others come and go, but hardly the same one twice.
            foreach (var line in new[] { "tcp", "tcp6", "tcp", "tcp6" }
                .SelectMany(name => File.ReadLines($"/proc/net/{name}").Skip(1)))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (inodes.Contains(fields[9]) && Port(fields[2]) == remotePort)
                {
                    ports.Add(Port(fields[1]));
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

    private static int Port(string endPoint) =>
        int.Parse(endPoint.Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);

    /// <summary>True when each of its threads is stopped: T, the third field of its stat (proc(5)).</summary>
    private bool IsStill()
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{_process.Id}/task")
                .Select(thread => File.ReadAllText(Path.Combine(thread, "stat")))
                .All(stat => stat[stat.LastIndexOf(')') + 2] == 'T');
        }
        catch (IOException)
        {
            // A thread ended in the meantime.
            return false;
        }
    }
}
