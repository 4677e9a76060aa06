using System.Management.Automation;
using MailAdmin.Identity;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Tokens;

/// <summary>Tells the person at the prompt what to do to sign in, and that it is being waited for.</summary>
internal sealed class SignInPrompt(AsyncPSCmdlet cmdlet)
{
    private const int Activity = 7;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private DateTimeOffset? _end;

    /// <summary>Shows a code as Write-Host would: beside the output, and whatever the preferences.</summary>
    public Task ShowCodeAsync(DeviceCodePrompt prompt)
    {
        _end = prompt.ExpiresAt;
        var text = $"To sign in, open {prompt.Address} in a browser and enter the code {prompt.UserCode}.";
        cmdlet.Post(() => cmdlet.WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]));
        return Task.CompletedTask;
    }

    /// <summary>Shows progress as long as the work lasts.</summary>
    public async Task<T> WaitAsync<T>(Task<T> work)
    {
        while (await Task.WhenAny(work, Task.Delay(Tick)).ConfigureAwait(false) != work)
        {
            cmdlet.Post(() => cmdlet.WriteProgress(Record()));
        }

        cmdlet.Post(() => cmdlet.WriteProgress(ProgressRecords.Done(Activity, "Obtaining a token")));
        return await work.ConfigureAwait(false);
    }

    private ProgressRecord Record()
    {
        var record = new ProgressRecord(
            Activity,
            "Obtaining a token",
            _end is null ? "Asking the sign-in service" : "Waiting for the code to be entered");
        if (_end is { } end)
        {
            record.SecondsRemaining = (int)Math.Max(0, (end - TimeProvider.System.GetUtcNow()).TotalSeconds);
        }

        return record;
    }
}
