using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Durability;

/// <summary>The kernel's own record of what is asked of it: a message is on the disk before it is said to be.</summary>
public sealed class SyncBeforeAcknowledgementTests
{
    private const int Messages = 25;

    [SkippableFact]
    public async Task Every_acknowledgement_has_a_sync_of_its_own_before_it()
    {
        var folder = Directory.CreateTempSubdirectory("mailadmin-sync-");
        try
        {
            var trace = Path.Combine(folder.FullName, "trace");
            var run = await new ExternalTool("strace").RunAsync(
                "-f", "-e", "trace=fsync,fdatasync,write", "-o", trace,
                "dotnet", ExternalTool.Script("MailAdmin.TestServices.dll"),
                "acknowledge", Path.Combine(folder.FullName, "mail.db"), $"{Messages}");
            Assert.True(run.ExitCode == 0, run.ToString());

            var acknowledged = 0;
            var synced = false;
            foreach (var call in await File.ReadAllLinesAsync(trace))
            {
                // A call that is interrupted in the record counts when it is resumed, with its result.
                if (call.Contains("sync", StringComparison.Ordinal) && call.EndsWith("= 0", StringComparison.Ordinal))
                {
                    synced = true;
                }
                else if (call.Contains("\"acknowledged ", StringComparison.Ordinal))
                {
                    Assert.True(synced, $"No sync stands between message {acknowledged} and the one before.");
                    acknowledged++;
                    synced = false;
                }
            }

            Assert.Equal(Messages, acknowledged);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
