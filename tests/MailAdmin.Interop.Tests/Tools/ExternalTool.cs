using System.Diagnostics;

namespace MailAdmin.Interop.Tools;

/// <summary>A program of this machine, run to its end.</summary>
public sealed class ExternalTool
{
    private static readonly string[] Directories = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/sbin"];

    private readonly string _name;
    private readonly string? _path;

    /// <summary>
    /// Looks the program up; Debian's own Python goes before one that a version manager put on the path.
    /// </summary>
    public ExternalTool(string name)
    {
        _name = name;
        _path = Directories.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Debian's swaks, a scriptable SMTP client.</summary>
    public static ExternalTool Swaks { get; } = new("swaks");

    /// <summary>curl, which sends mail too.</summary>
    public static ExternalTool Curl { get; } = new("curl");

    /// <summary>Python 3, for smtplib and for its reading of messages.</summary>
    public static ExternalTool Python { get; } = new("python3");

    /// <summary>True when the program is there.</summary>
    public bool IsInstalled => _path is not null;

    /// <summary>A file that the build laid beside the tests.</summary>
    public static string Script(string relativePath) => Path.Combine(AppContext.BaseDirectory, relativePath);

    /// <summary>Skips the test when the program is missing.</summary>
    public ExternalTool Require()
    {
        Skip.IfNot(IsInstalled, $"{_name} is not installed; run install-servers.sh as root");
        return this;
    }

    /// <summary>Runs it. Skips the test when the program is missing.</summary>
    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(ReadOnlyMemory<byte>.Empty, arguments);

    /// <summary>Runs it with this standard input.</summary>
    public async Task<ToolResult> RunAsync(ReadOnlyMemory<byte> input, params string[] arguments)
    {
        Require();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(_path!, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await WriteInputAsync(process, input, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ToolResult(
                $"{_name} {string.Join(' ', arguments)}", process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task WriteInputAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken token)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program that fails early does not read its input; its exit code tells.
        }
    }
}
