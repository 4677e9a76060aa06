using System.Management.Automation;
using MailAdmin.PowerShell.Commands;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// Which parameters of Send-RelayMail go with -Queue: one that would be left out silently is refused.
/// </summary>
internal static class QueueRules
{
    private static readonly (string Parameter, string Reason)[] NotQueued =
    [
        (nameof(SendRelayMailCommand.NoThrottle), "queued mail always keeps to the limits"),
        (nameof(SendRelayMailCommand.NoHistory), "every attempt of a distributor is in the history"),
        (nameof(SendRelayMailCommand.TranscriptPath), "the session is that of a distributor, in another process"),
    ];

    /// <summary>Checks what was given.</summary>
    /// <exception cref="InputException">It does not go together.</exception>
    public static void Check(bool isQueued, IDictionary<string, object> given)
    {
        if (!isQueued && given.ContainsKey(nameof(SendRelayMailCommand.NotBefore)))
        {
            throw new InputException(
                "NotBeforeWithoutQueue",
                "-NotBefore is for mail that waits in the queue; without -Queue the message would go at once.",
                "Add -Queue, and have Invoke-EmailDistributor run by a scheduled task (Register-EmailDistributor).");
        }

        foreach (var (parameter, reason) in isQueued ? NotQueued : [])
        {
            if (given.TryGetValue(parameter, out var value) && value is not SwitchParameter { IsPresent: false })
            {
                throw new InputException(
                    "NotForQueuedMail",
                    $"-{parameter} cannot be used with -Queue: {reason}.",
                    $"Leave -{parameter} or -Queue out.");
            }
        }
    }
}
