using System.Globalization;
using System.Collections.ObjectModel;
using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>Shows the limits with their use, and changes them.</summary>
/// <param name="store">Where they are; null when there is no store, and so nothing was set or used.</param>
/// <param name="finder">Finds what is preset.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class ThrottleRegister(IThrottleStore? store, ThrottlePolicyFinder finder, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The limits of all scopes that have some, or of one.</summary>
    /// <param name="scope">The scope; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<IReadOnlyList<EmailThrottle>> GetAsync(ThrottleScope? scope, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(cancellationToken).ConfigureAwait(false);
        var scopes = scope is { } one
            ? [one]
            : Preset().Concat(settings.Keys.OrderBy(key => key.Key(), StringComparer.Ordinal)).Distinct();
        var found = new List<EmailThrottle>();
        foreach (var each in scopes)
        {
            foreach (var account in await AccountsAsync(each, cancellationToken).ConfigureAwait(false))
            {
                found.Add(await DescribeAsync(each, account, settings.GetValueOrDefault(each), cancellationToken)
                    .ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <summary>Changes what is set for a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="change">Makes the new settings of the present ones, and of the limits that hold.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MailException">The store cannot be used, or what is set does not go together.</exception>
    public async Task SetAsync(
        ThrottleScope scope,
        Func<ThrottleSettings, IReadOnlyList<SendLimit>, ThrottleSettings> change,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (scope.Kind == ThrottleScopeKind.Server && !IsServer(scope.Name))
        {
            throw new ThrottleException(
                "InvalidServer",
                $"'{new string([.. scope.Name.Select(c => char.IsControl(c) ? ' ' : c)])}' is no server.",
                "Give a name such as smtp.example.com or an address, with a port from 1 to 65535 if only that one is " +
                "meant.");
        }

        var settings = await SettingsAsync(cancellationToken).ConfigureAwait(false);
        var present = settings.GetValueOrDefault(scope);
        var changed = change(present ?? new ThrottleSettings(), finder.Own(scope, present).Limits);
        await store.SetSettingsAsync(scope.Key(), ThrottleSettingsText.Write(changed), cancellationToken)
            .ConfigureAwait(false);
    }

    private static bool IsServer(string name)
    {
        var colon = name.LastIndexOf(':');
        return Uri.CheckHostName(name) != UriHostNameType.Unknown
            || (colon > 0
                && Uri.CheckHostName(name[..colon]) != UriHostNameType.Unknown
                && ushort.TryParse(name[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && port > 0);
    }

    private IEnumerable<ThrottleScope> Preset() =>
        finder.Catalog.Methods.Select(method => ThrottleScope.Of(method.Id))
            .Where(scope =>
                finder.PresetOf(scope) is { } preset && (preset.Limits.Count > 0 || preset.Connections > 0));

    private async ValueTask<IReadOnlyDictionary<ThrottleScope, ThrottleSettings>> SettingsAsync(
        CancellationToken cancellationToken) =>
        store is null
            ? new Dictionary<ThrottleScope, ThrottleSettings>()
            : await ThrottleSettingsText.ReadAsync(store, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// The accounts that have used a method; only null where nobody has, or where all share the windows.
    /// </summary>
    private async ValueTask<IReadOnlyList<string?>> AccountsAsync(
        ThrottleScope scope, CancellationToken cancellationToken)
    {
        if (store is null || scope.Kind != ThrottleScopeKind.Method)
        {
            return [null];
        }

        var keys = await store.GetKeysAsync(scope.Key(), cancellationToken).ConfigureAwait(false);
        var accounts = keys
            .Where(key => ThrottleScope.TryParse(key, out var of, out _) && of == scope)
            .Select(key => ThrottleScope.TryParse(key, out _, out var account) ? account : null)
            .ToList();
        return accounts.Count > 0 ? accounts : [null];
    }

    private async Task<EmailThrottle> DescribeAsync(
        ThrottleScope scope, string? account, ThrottleSettings? settings, CancellationToken cancellationToken)
    {
        var policy = finder.Own(scope, settings, account);
        var isProvider = scope.Kind == ThrottleScopeKind.Provider;
        if (isProvider && finder.ExternalLimit(scope.Name, settings) is { } external)
        {
            policy = policy with
            {
                ExternalKey = ThrottlePolicyFinder.ExternalKey(scope.Name),
                ExternalLimit = external,
            };
        }

        return new EmailThrottle
        {
            Kind = scope.Kind,
            Name = scope.Name,
            Account = account,
            IsPreset = settings is null && finder.PresetOf(scope) is not null,
            Limits = await LimitsAsync(policy, cancellationToken).ConfigureAwait(false),
            RecipientsPerMessage = policy.RecipientsPerMessage ?? 0,
            Connections = policy.Connections ?? 0,
            ConnectionsInUse = store is null
                ? 0
                : await store.CountConnectionsAsync(policy.Key, cancellationToken).ConfigureAwait(false),
            Deferrals = policy.Deferrals ?? 0,
            DeferralSeconds = (int)policy.DeferralLength.TotalSeconds,
            Licenses = settings?.Licenses,
            IsTrial = settings?.IsTrial ?? false,
            AcceptedDomain = (settings?.AcceptedDomains ?? []).ToList().AsReadOnly(),
            AsOf = finder.Catalog.AsOf,
        };
    }

    private async Task<ReadOnlyCollection<ThrottleLimit>> LimitsAsync(
        ThrottlePolicy policy, CancellationToken cancellationToken)
    {
        var rules = policy.Rules;
        IReadOnlyList<ThrottleUse> uses = store is null || rules.Count == 0
            ? [.. rules.Select(rule => new ThrottleUse(rule, 0, 0, TimeSpan.Zero))]
            : await store.GetUseAsync(rules, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        return uses
            .Select(use => new ThrottleLimit(
                use.Rule.Limit,
                use.Rule.Key == policy.ExternalKey,
                use.Used,
                use.UnderWay,
                use.NextPlaceIn > TimeSpan.Zero ? now + use.NextPlaceIn : null))
            .ToList()
            .AsReadOnly();
    }
}
