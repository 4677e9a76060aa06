using System.Diagnostics;

namespace MailAdmin.Tests.Storage.Sqlite;

/// <summary>A file system of a few megabytes in memory, for one test. Takes the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-disk-");

    public SmallDisk(int megabytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The test mounts a tmpfs, which is Linux's.");
        if (!Mount("-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Folder))
        {
            _folder.Delete();
            Skip.If(true, "This user may not mount a file system.");
        }
    }

    public string Folder => _folder.FullName;

    public void MakeReadOnly() => Assert.True(Mount("-o", "remount,ro", Folder));

    public void Dispose()
    {
        Run("umount", Folder);
        _folder.Delete();
    }

    private static bool Mount(params string[] arguments) => Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
