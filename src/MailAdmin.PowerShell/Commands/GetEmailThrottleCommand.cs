using System.Management.Automation;
using MailAdmin.PowerShell.Throttling;
using MailAdmin.Storage;
using MailAdmin.Throttling;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Shows the limits of sending, how much of them is used now, and when the next place comes free.</summary>
/// <remarks>
/// <para>
/// Without parameters it shows the limits that hold: those of Microsoft 365, which fill in by themselves, and those
/// that Set-EmailThrottle has set. A method of sending has windows of its own for each account that logs in.
/// </para>
/// <para>
/// The windows slide: at any moment what went out within the last minute counts, the last hour, the last day. They are
/// in the store, so that all processes that use it share them. What is under way counts as well.
/// </para>
/// </remarks>
/// <example>
/// <para>All limits and their use</para>
/// <code>
/// Get-EmailThrottle
/// </code>
/// </example>
/// <example>
/// <para>The limits of a server, one by one</para>
/// <code>
/// (Get-EmailThrottle mail.example.com).Limits | Format-Table Limit, Used, UnderWay, Free, NextPlaceAt
/// </code>
/// </example>
/// <example>
/// <para>Whoever has used up more than 25 of the 30 messages of this minute</para>
/// <code>
/// Get-EmailThrottle -Method Submission | Where-Object { $_.Limits[0].Used -gt 25 } | Select-Object Account
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "EmailThrottle")]
[OutputType(typeof(EmailThrottle))]
public sealed class GetEmailThrottleCommand : ThrottleCmdlet
{
    /// <inheritdoc/>
    protected override void Process()
    {
        var scope = Scope();
        WriteObject(
            Await(async token =>
            {
                var register = new ThrottleRegister(await FindStoreAsync(token).ConfigureAwait(false), Finder);
                return await register.GetAsync(scope, token).ConfigureAwait(false);
            }),
            enumerateCollection: true);
    }

    // To look at limits is no reason to make a store.
    private async Task<IThrottleStore?> FindStoreAsync(CancellationToken cancellationToken) =>
        StorePlacement.Here.Exists
            ? (await Shared.OpenAsync(cancellationToken).ConfigureAwait(false)).Throttle
            : null;
}
