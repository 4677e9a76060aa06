using System.Diagnostics;

namespace MailAdmin.Interop.Servers;

/// <summary>What a server needs of the machine, and the reason to skip when it is not so.</summary>
internal static class Prerequisite
{
    private const string Remedy = "run tests/MailAdmin.Interop.Tests/install-servers.sh as root";

    private static readonly Lazy<string?> Namespaces = new(ProbeNamespaces);

    /// <summary>Null when this process is root on Linux and the program is there.</summary>
    public static string? RootAnd(string program)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return $"{program} runs only as root on Linux";
        }

        return Namespaces.Value ?? (File.Exists(program) ? null : $"{program} is not installed; {Remedy}");
    }

    // Containers run without this right as a rule.
    private static string? ProbeNamespaces()
    {
        using var probe = Process.Start("unshare", ["--pid", "--fork", "--mount", "true"]);
        probe.WaitForExit();
        return probe.ExitCode == 0 ? null : "this machine forbids process and mount namespaces, in which servers run";
    }
}
