using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Throttling;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Sets the limits of sending for a server, a method of sending or a provider.</summary>
/// <remarks>
/// <para>
/// A limit is a count, messages or recipients, and a time: '30/minute', '10000 recipients/day', '100 messages per 90
/// seconds'. A limit replaces the one for the same time and the same unit; the others stay. 0 removes: '0/minute' the
/// one per minute, a 0 by itself all of them. The limits of Microsoft 365 fill in by themselves, and -Reset brings
/// them back.
/// </para>
/// <para>
/// Send-RelayMail waits until there is room. Mail from the queue is deferred by up to a minute when a limit per
/// minute is full; after ten deferrals it is attempted all the same, and marked. Only the item whose turn it is
/// counts a deferral. For limits over more than a minute the queue waits.
/// </para>
/// <para>
/// A Microsoft 365 tenant has a limit of recipients outside its own domains, which follows from the number of its
/// licences. Tell both with -Provider Microsoft365 -Licenses and -AcceptedDomain.
/// </para>
/// <para>A change holds for all processes within a second.</para>
/// </remarks>
/// <example>
/// <para>Twenty messages a minute, two thousand recipients a day, and two connections at once for a server</para>
/// <code>
/// Set-EmailThrottle mail.example.com -Limit '20/minute', '2000 recipients/day' -Connections 2 -PassThru
/// </code>
/// </example>
/// <example>
/// <para>The limits of Gmail, which are not applied by themselves</para>
/// <code>
/// Set-EmailThrottle -Method Gmail -Preset Gmail
/// </code>
/// </example>
/// <example>
/// <para>The tenant's limit of external recipients</para>
/// <code>
/// Set-EmailThrottle -Provider Microsoft365 -Licenses 250 -AcceptedDomain contoso.com, contoso.net
/// </code>
/// </example>
/// <example>
/// <para>No limit per minute for client submission any more, and back to what is preset</para>
/// <code>
/// Set-EmailThrottle -Method Submission -Limit '0/minute'
/// Set-EmailThrottle -Method Submission -Reset
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Set, "EmailThrottle", SupportsShouldProcess = true)]
[OutputType(typeof(EmailThrottle))]
public sealed class SetEmailThrottleCommand : ThrottleCmdlet
{
    private readonly List<string> _changes = [];

    /// <summary>The limits, such as '30/minute' or '10000 recipients/day'; 0 removes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public string[] Limit { get; set; } = [];

    /// <summary>The limits that a method or a kind of account is known to have, by its name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LimitPresetCompleter))]
    public string? Preset { get; set; }

    /// <summary>The most recipients of one message; larger ones go in several. 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RecipientsPerMessage { get; set; }

    /// <summary>The most connections at once, of all processes. 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Connections { get; set; }

    /// <summary>
    /// How often mail from the queue is deferred before it is attempted all the same; 10 by default. 0 for without end.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Deferrals { get; set; }

    /// <summary>
    /// The longest time that mail from the queue is deferred by, in seconds: 60 by default, and at most.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 60)]
    public int DeferralSeconds { get; set; }

    /// <summary>The number of the tenant's licences, with -Provider. 0 when it is not to count.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [Alias("Licences")]
    public int Licenses { get; set; }

    /// <summary>Says that the tenant is a trial, with -Provider; -Trial:$false that it is none any more.</summary>
    [Parameter]
    public SwitchParameter Trial { get; set; }

    /// <summary>The tenant's own domains, with -Provider: all other recipients are external.</summary>
    [Parameter]
    public string[] AcceptedDomain { get; set; } = [];

    /// <summary>
    /// Forgets what was set before: the limits are those that fill in by themselves, if there are any.
    /// </summary>
    [Parameter]
    public SwitchParameter Reset { get; set; }

    /// <summary>Puts out the limits after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var scope = Scope() ?? throw new InputException(
            "NoThrottleScope", "It is not said whose limits are to be set.", "Use -Server, -Method or -Provider.");
        var change = Change(scope);
        if (ShouldProcess(scope.ToString(), $"Set {string.Join(", ", _changes)}"))
        {
            Await(async token => await (await OpenAsync(token).ConfigureAwait(false))
                .SetAsync(scope, change, token).ConfigureAwait(false));
        }

        if (PassThru)
        {
            WriteObject(
                Await(async token => await (await OpenAsync(token).ConfigureAwait(false))
                    .GetAsync(scope, token).ConfigureAwait(false)),
                enumerateCollection: true);
        }
    }

    private async Task<ThrottleRegister> OpenAsync(CancellationToken cancellationToken) =>
        new((await Shared.OpenAsync(cancellationToken).ConfigureAwait(false)).Throttle, Finder);

    private Func<ThrottleSettings, IReadOnlyList<SendLimit>, ThrottleSettings> Change(ThrottleScope scope)
    {
        _changes.Clear();
        var limits = Limit.Select(text => (Text: text, Limit: IsZero(text) ? null : LimitText.Parse(text))).ToList();
        var preset = Preset is null ? null : FindPreset(Preset);
        var domains = AcceptedDomain.Select(domain => DomainName.Parse(domain).Unicode).ToList();
        Note(Reset, "everything back to what is preset");
        Note(preset is not null, $"the limits of {preset?.Name}");
        Note(limits.Count > 0, $"the limits {string.Join(", ", Limit)}");
        string[] numbers =
            [nameof(RecipientsPerMessage), nameof(Connections), nameof(Deferrals), nameof(DeferralSeconds)];
        foreach (var name in numbers)
        {
            Note(IsGiven(name), $"{name} to {MyInvocation.BoundParameters.GetValueOrDefault(name)}");
        }

        foreach (var name in new[] { nameof(Licenses), nameof(Trial), nameof(AcceptedDomain) }.Where(IsGiven))
        {
            Note(true, name);
            RequireTenant(scope, name);
        }

        return _changes.Count == 0
            ? throw new InputException(
                "NothingToSet",
                "No limit is named that is to be set.",
                "Use -Limit, -Connections, -Reset or another of them.")
            : (present, effective) => Apply(present, effective, preset, limits.Select(l => l.Limit), domains);
    }

    private ThrottleSettings Apply(
        ThrottleSettings present,
        IReadOnlyList<SendLimit> effective,
        LimitPreset? preset,
        IEnumerable<SendLimit?> limits,
        List<string> domains)
    {
        var settings = Reset ? new ThrottleSettings() : present;
        var list = Reset ? null : settings.Limits;
        if (preset is not null)
        {
            (list, effective) = (preset.Limits, preset.Limits);
            settings = settings with
            {
                RecipientsPerMessage = preset.RecipientsPerMessage ?? settings.RecipientsPerMessage,
                Connections = preset.Connections ?? settings.Connections,
            };
        }

        return settings with
        {
            Limits = Limit.Length == 0 ? list : LimitText.Change(effective, limits),
            RecipientsPerMessage =
                IsGiven(nameof(RecipientsPerMessage)) ? RecipientsPerMessage : settings.RecipientsPerMessage,
            Connections = IsGiven(nameof(Connections)) ? Connections : settings.Connections,
            Deferrals = IsGiven(nameof(Deferrals)) ? Deferrals : settings.Deferrals,
            DeferralSeconds = IsGiven(nameof(DeferralSeconds)) ? DeferralSeconds : settings.DeferralSeconds,
            Licenses = !IsGiven(nameof(Licenses)) ? settings.Licenses : Licenses == 0 ? null : Licenses,
            IsTrial = IsGiven(nameof(Trial)) ? Trial : settings.IsTrial,
            AcceptedDomains = IsGiven(nameof(AcceptedDomain)) ? domains : settings.AcceptedDomains,
        };
    }

    private LimitPreset FindPreset(string name)
    {
        var all = LimitPreset.All(Finder.Catalog);
        return all.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException(
                "UnknownPreset",
                $"There are no known limits by the name of '{name}'.",
                $"Use one of {string.Join(", ", all.Select(preset => preset.Name))}; or -Limit.");
    }

    private void RequireTenant(ThrottleScope scope, string parameter)
    {
        if (scope.Kind != ThrottleScopeKind.Provider || Finder.Catalog.TenantLimits.All(t => t.Provider != scope.Name))
        {
            throw new InputException(
                "NoTenant",
                $"-{parameter} is about the tenant of a provider, and {scope} has none.",
                "Use it with -Provider Microsoft365.");
        }
    }

    private void Note(bool isGiven, string text)
    {
        if (isGiven)
        {
            _changes.Add(text);
        }
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private static bool IsZero(string text) => text.Trim() == "0";
}
