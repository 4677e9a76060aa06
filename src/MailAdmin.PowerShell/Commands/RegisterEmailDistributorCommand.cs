using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.Queueing.Scheduling;
using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Commands;

/// <summary>
/// Makes the scheduled task that sends queued mail: with the Task Scheduler on Windows, systemd on Linux.
/// </summary>
/// <remarks>
/// <para>
/// The task runs Invoke-EmailDistributor -EventLog every minute, without an end, and as the present user; with
/// -Machine as the system, for a store of the whole machine. -WhatIf shows the files and commands and changes nothing.
/// -Unregister takes the task away again; the queue stays as it is.
/// </para>
/// <para>
/// On Linux a user's timers run while the user is logged in, unless an administrator has said loginctl enable-linger.
/// On Windows a user's task runs while the user is logged on, as only then the user's secrets can be read.
/// </para>
/// </remarks>
/// <example>
/// <para>See what would be set up</para>
/// <code>
/// Register-EmailDistributor -WhatIf | Format-List
/// </code>
/// </example>
/// <example>
/// <para>Every five minutes, under another name</para>
/// <code>
/// Register-EmailDistributor -Name office-mail -IntervalMinutes 5 -WhatIf
/// </code>
/// </example>
/// <example>
/// <para>The way back</para>
/// <code>
/// Register-EmailDistributor -Unregister -WhatIf
/// </code>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "EmailDistributor", SupportsShouldProcess = true)]
[OutputType(typeof(EmailDistributorSchedule))]
public sealed class RegisterEmailDistributorCommand : AsyncPSCmdlet
{
    /// <summary>The name of the task: letters, digits, dots and hyphens.</summary>
    [Parameter(Position = 0)]
    [ValidatePattern(@"^[A-Za-z0-9][A-Za-z0-9.\-]{0,63}$")]
    public string Name { get; set; } = "mailadmin-distributor";

    /// <summary>How often it runs, in minutes; 1 by default.</summary>
    [Parameter]
    [ValidateRange(1, 1440)]
    public int IntervalMinutes { get; set; } = 1;

    /// <summary>Runs for the whole machine, as the system; needs an administrator.</summary>
    [Parameter]
    public SwitchParameter Machine { get; set; }

    /// <summary>Takes the task away.</summary>
    [Parameter]
    public SwitchParameter Unregister { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var schedule = Schedule();
        var task = ScheduledTask.ForThisSystem(schedule);
        var action = Unregister ? "Unregister" : "Register";
        if (ShouldProcess($"{task.Scheduler} '{Name}'", action))
        {
            if (!ScheduledTask.IsSchedulerRunning)
            {
                throw SchedulingException.NotRunning(schedule);
            }

            if (!Unregister)
            {
                foreach (var file in task.Files)
                {
                    Write(file);
                }
            }

            foreach (var command in Unregister ? task.Unregister : task.Register)
            {
                Await(token => RunAsync(schedule, command, token));
            }

            // Windows keeps a copy of its own; systemd reads the files themselves.
            foreach (var file in Unregister || OperatingSystem.IsWindows() ? task.Files : [])
            {
                File.Delete(file.Path);
            }
        }

        WriteObject(new EmailDistributorSchedule(schedule, task, action));
    }

    private DistributorSchedule Schedule()
    {
        var module = System.IO.Path.Combine(MyInvocation.MyCommand.Module?.ModuleBase ?? "MailAdmin", "MailAdmin.psd1");
        var script = $"{Environments()}Import-Module {Quote(module)}; $null = Invoke-EmailDistributor -EventLog";
        return new DistributorSchedule
        {
            Name = Name,
            Program = Environment.ProcessPath ?? "pwsh",
            Arguments =
            [
                "-NoProfile",
                "-NonInteractive",
                // Else a console comes up over the user's work, every minute.
                .. OperatingSystem.IsWindows() ? ["-WindowStyle", "Hidden"] : Array.Empty<string>(),
                "-Command",
                script,
            ],
            Interval = TimeSpan.FromMinutes(IntervalMinutes),
            ForMachine = Machine,
        };
    }

    // Schedulers know nothing of the variables of this session, and not all of them can set any.
    private static string Environments()
    {
        var set = new List<string>();
        foreach (var name in new[] { StorePlacement.Variable, SendMethodCatalog.FileVariable })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } file)
            {
                set.Add($"$env:{name} = {Quote(System.IO.Path.GetFullPath(file))}; ");
            }
        }

        return string.Concat(set);
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static void Write(ScheduledFile file)
    {
        // The Task Scheduler takes UTF-16, systemd no byte order mark.
        Encoding encoding = OperatingSystem.IsWindows() ? Encoding.Unicode : new UTF8Encoding(false);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file.Path)!);
            File.WriteAllText(file.Path, file.Text, encoding);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SchedulingException.CommandFailed($"write {file.Path}", e.Message);
        }
    }

    private static async Task RunAsync(
        DistributorSchedule schedule, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = System.Diagnostics.Process.Start(start)!;
            var said = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                var why = (await said.ConfigureAwait(false)).Trim();
                throw SchedulingException.CommandFailed(string.Join(' ', command), why);
            }
        }
        catch (Win32Exception e)
        {
            throw SchedulingException.ProgramMissing(schedule, command[0], e);
        }
    }
}
