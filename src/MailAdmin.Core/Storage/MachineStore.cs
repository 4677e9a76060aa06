using System.ComponentModel;
using System.Diagnostics;

namespace MailAdmin.Storage;

/// <summary>Makes the store that all users of a machine share.</summary>
public static class MachineStore
{
    private const UnixFileMode FolderMode =
        UnixFileMode.SetGroup |
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>
    /// Makes the folder, for a group, and an empty store in it. When it is there already, only its group is changed.
    /// </summary>
    /// <param name="placement">The places of this system.</param>
    /// <param name="group">Whose members may use it; null for administrators only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">This user is no administrator, or there is no such group.</exception>
    public static async Task MakeAsync(StorePlacement placement, string? group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(placement);
        var folder = placement.MachineFolder;
        try
        {
            Directory.CreateDirectory(folder);
            if (OperatingSystem.IsWindows())
            {
                await GrantAsync(folder, group, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                File.SetUnixFileMode(folder, FolderMode);
                if (group is not null)
                {
                    var files = Directory.GetFiles(folder).Prepend(folder);
                    await RunAsync("chgrp", ["--", group, .. files], cancellationToken).ConfigureAwait(false);

                    // Changing the group takes the mark for new files away, if this user is not in it.
                    File.SetUnixFileMode(folder, FolderMode);
                }
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new StoreException(
                StoreFault.AccessDenied,
                $"Only an administrator may make the machine's store '{folder}'.",
                "Start PowerShell as an administrator (sudo pwsh) and run the command again.",
                failure);
        }

        var store = await MailStores.OpenAsync(placement.Machine, TimeProvider.System, cancellationToken)
            .ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
    }

    // Well-known SIDs, as the names depend on the language of the system.
    private static Task GrantAsync(string folder, string? group, CancellationToken cancellationToken)
    {
        string[] grants = ["*S-1-5-32-544:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"];
        return RunAsync(
            "icacls",
            [folder, "/inheritance:r", "/grant:r", .. grants, .. group is null ? [] : new[] { $"{group}:(OI)(CI)M" }],
            cancellationToken);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw Failed(error.Trim(), null);
            }
        }
        catch (Win32Exception failure)
        {
            throw Failed($"{program}: {failure.Message}", failure);
        }
    }

    private static StoreException Failed(string reason, Exception? cause) => new(
        StoreFault.AccessDenied,
        $"The group could not be given access to the machine's store: {reason}",
        "Check the name of the group, and run the command as an administrator.",
        cause);
}
