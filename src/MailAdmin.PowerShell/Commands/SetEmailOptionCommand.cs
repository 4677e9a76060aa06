using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Keeping;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Changes settings that all who use the store share, or makes a store for the whole machine.</summary>
/// <remarks>
/// <para>0, or $null for a text, puts a setting back to its default. What is not named stays as it is.</para>
/// <para>
/// -MachineWide makes one store for the machine, once; it takes an administrator. From then on everybody uses that one;
/// who is not in its group gets an error. Stores that users have made before are left where they are, unused.
/// </para>
/// </remarks>
/// <example>
/// <para>Keep the history for 90 days, and refuse messages over 20 MB</para>
/// <code>
/// Set-EmailOption -RetentionDays 90 -LargestMessage 20MB
/// </code>
/// </example>
/// <example>
/// <para>Mail of scripts that name no author</para>
/// <code>
/// Set-EmailOption -DefaultSender 'Reports &lt;reports@example.com&gt;' -AlertAddress admin@example.com -PassThru
/// </code>
/// </example>
/// <example>
/// <para>The way of queued mail that names none</para>
/// <code>
/// Set-EmailOption -Server mail.example.com -Credential (Get-Credential) -WhatIf
/// </code>
/// <para>
/// All route parameters of Send-RelayMail can be given; secrets are kept protected. -NoBatchProvider ends it.
/// </para>
/// </example>
/// <example>
/// <para>Back to the default retention</para>
/// <code>
/// Set-EmailOption -RetentionDays 0
/// </code>
/// </example>
/// <example>
/// <para>One store for the machine, which the members of a group share</para>
/// <code>
/// Set-EmailOption -MachineWide -Group mail -WhatIf
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Set, "EmailOption", SupportsShouldProcess = true)]
[OutputType(typeof(EmailOption))]
public sealed class SetEmailOptionCommand : StoreCmdlet, IDynamicParameters
{
    private const int MostDays = 36_500;

    private readonly RouteParameters _route = new();
    private SharedQueue? _queue;

    /// <summary>How many days history and finished items of the queue are kept; 0 for the default of 30.</summary>
    [Parameter]
    [ValidateRange(0, MostDays)]
    public int RetentionDays { get; set; }

    /// <summary>The most octets of one message, such as 20MB; larger ones are refused. 0 for any number.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long LargestMessage { get; set; }

    /// <summary>The author of messages without -From: an address with or without a name. $null for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? DefaultSender { get; set; }

    /// <summary>Who gets a notice when a queued message fails, beside its sender. $null for nobody.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? AlertAddress { get; set; }

    /// <summary>
    /// Leaves queued mail without a way of its own no batch provider. To set one, name it by -Server or -Method.
    /// </summary>
    [Parameter]
    public SwitchParameter NoBatchProvider { get; set; }

    /// <summary>Makes one store for the whole machine. Takes an administrator.</summary>
    [Parameter]
    public SwitchParameter MachineWide { get; set; }

    /// <summary>
    /// The group whose members may use the machine's store; without it, administrators only. It can be changed later
    /// on.
    /// </summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>Puts out the settings after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _route;

    /// <inheritdoc/>
    protected override void End()
    {
        var placement = StorePlacement.Here;
        if (Group is not null && !MachineWide)
        {
            throw new InputException(
                "GroupWithoutMachineWide", "-Group says who may use the machine's store.", "Add -MachineWide.");
        }

        var forWhom = Group is null ? "administrators" : $"the members of {Group}";
        if (MachineWide && ShouldProcess(placement.Machine.Path, $"Make one store for the machine, for {forWhom}"))
        {
            Await(token => MachineStore.MakeAsync(placement, Group, token));
        }

        var changes = Changes().ToList();
        var what = "Set " + string.Join(", ", changes.Select(change => change.Text));
        if (changes.Count > 0 && ShouldProcess(placement.Find().Path, what))
        {
            Await(token => SaveAsync(changes.Select(change => change.Apply), token));
        }

        if (PassThru)
        {
            WriteObject(EmailOption.Of(this, Store));
        }
    }

    /// <inheritdoc/>
    protected override async Task CleanUpAsync()
    {
        if (_queue is not null)
        {
            await _queue.DisposeAsync().ConfigureAwait(false);
        }

        await base.CleanUpAsync().ConfigureAwait(false);
        _route.Dispose();
    }

    private async Task SaveAsync(IEnumerable<Func<EmailOptions, EmailOptions>> changes, CancellationToken token)
    {
        var store = await Shared.OpenAsync(token).ConfigureAwait(false);
        var options = await EmailOptions.LoadAsync(store.Options, token).ConfigureAwait(false);
        await changes.Aggregate(options, (all, change) => change(all)).SaveAsync(store.Options, options, token)
            .ConfigureAwait(false);
    }

    private IEnumerable<(string Text, Func<EmailOptions, EmailOptions> Apply)> Changes()
    {
        if (IsGiven(nameof(RetentionDays)))
        {
            var days = RetentionDays == 0 ? EmailOptions.DefaultRetention : TimeSpan.FromDays(RetentionDays);
            yield return (Describe("the retention", $"{days.Days} days"), all => all with { Retention = days });
        }

        if (IsGiven(nameof(LargestMessage)))
        {
            long? most = LargestMessage == 0 ? null : LargestMessage;
            yield return (
                Describe("the largest message", most is null ? null : $"{most:N0} octets"),
                all => all with { LargestMessage = most });
        }

        if (IsGiven(nameof(DefaultSender)))
        {
            var sender = Address(DefaultSender);
            yield return (Describe("the default sender", sender), all => all with { DefaultSender = sender });
        }

        if (IsGiven(nameof(AlertAddress)))
        {
            var address = Address(AlertAddress);
            yield return (Describe("the alert address", address), all => all with { AlertAddress = address });
        }

        if (BatchProvider() is { } provider)
        {
            yield return provider;
        }
    }

    private (string Text, Func<EmailOptions, EmailOptions> Apply)? BatchProvider()
    {
        // $PSEmailServer is what one session goes by; a setting for all is to be named.
        var isGiven = IsGiven(nameof(RouteParameters.Server)) || IsGiven(nameof(RouteParameters.Method));
        if (NoBatchProvider)
        {
            return isGiven
                ? throw new InputException(
                    "TwoBatchProviders",
                    "A batch provider cannot be set and taken away at once.",
                    "Leave -NoBatchProvider out.")
                : (Describe("the batch provider", null), all => all with { BatchProvider = null, BatchRoute = null });
        }

        if (!isGiven)
        {
            return null;
        }

        var request = _route.ToRequest(this)!;
        _queue = new SharedQueue(this, Shared);
        var route = _queue.Route(request).Json;
        return (
            Describe("the batch provider", request.Destination),
            all => all with { BatchProvider = request.Destination, BatchRoute = route });
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    // Kept as it was typed: a name may need its quotes.
    private static string? Address(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        _ = Mailbox.Parse(text);
        return text.Trim();
    }

    private static string Describe(string name, string? value) => $"{name} to {value ?? "none"}";
}
