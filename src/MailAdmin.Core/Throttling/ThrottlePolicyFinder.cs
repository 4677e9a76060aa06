using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>
/// Finds the limits of a route: those that were set, and the provider's own where they fill in by themselves.
/// </summary>
/// <param name="catalog">The methods with their limits.</param>
public sealed class ThrottlePolicyFinder(SendMethodCatalog catalog)
{
    private static readonly Dictionary<ThrottleScope, ThrottleSettings> Nothing = [];

    /// <summary>What is known of providers.</summary>
    public SendMethodCatalog Catalog => catalog;

    /// <summary>The scope that a route's own limits are set for.</summary>
    /// <param name="route">The route.</param>
    /// <param name="settings">What was set; a server with its port goes before the server.</param>
    public ThrottleScope ScopeOf(
        ThrottleSubject route, IReadOnlyDictionary<ThrottleScope, ThrottleSettings>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(route);
        if (MethodOf(route) is { } method)
        {
            return ThrottleScope.Of(method.Id);
        }

        var exact = ThrottleScope.OfServer(route.Server);
        return settings is null || settings.ContainsKey(exact) ? exact : ThrottleScope.OfServer(HostOf(route.Server));
    }

    /// <summary>The limits of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="settings">What was set; null for nothing.</param>
    public ThrottlePolicy Find(
        ThrottleSubject route, IReadOnlyDictionary<ThrottleScope, ThrottleSettings>? settings = null)
    {
        settings ??= Nothing;
        var method = MethodOf(route);
        var scope = ScopeOf(route, settings);
        var isPerAccount = method?.Login is LoginKind.Mailbox or LoginKind.Account;
        var policy = Own(scope, settings.GetValueOrDefault(scope), isPerAccount ? route.Account : null);
        return (method?.Provider ?? ProviderOf(route.Server)) is { } provider
            ? WithProvider(policy, provider, method, settings.GetValueOrDefault(ThrottleScope.OfProvider(provider)))
            : policy;
    }

    /// <summary>The limits of a scope by itself.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="settings">What was set for it; null for nothing.</param>
    /// <param name="account">The account whose windows are meant; null for none in particular.</param>
    public ThrottlePolicy Own(ThrottleScope scope, ThrottleSettings? settings, string? account = null)
    {
        var preset = PresetOf(scope);
        return new ThrottlePolicy
        {
            Key = scope.Key(account),
            Limits = settings?.Limits ?? preset?.Limits ?? [],
            RecipientsPerMessage = OrNone(settings?.RecipientsPerMessage ?? MethodOf(scope)?.RecipientsPerMessage),
            Connections = OrNone(settings?.Connections ?? preset?.Connections),
            Deferrals = OrNone(settings?.Deferrals ?? ThrottlePolicy.DefaultDeferrals),
            DeferralLength = settings?.DeferralSeconds is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : ThrottlePolicy.LongestDeferral,
        };
    }

    /// <summary>The limits that fill in by themselves for a scope; null for none.</summary>
    public LimitPreset? PresetOf(ThrottleScope scope) =>
        MethodOf(scope) is { Provider: { } provider } method && catalog.LimitsFillInFor.Contains(provider)
            ? LimitPreset.Of(method)
            : null;

    /// <summary>The tenant's limit of external recipients; null when what it follows from was not set.</summary>
    public SendLimit? ExternalLimit(string provider, ThrottleSettings? settings)
    {
        var tenant = catalog.TenantLimits.FirstOrDefault(limit => limit.Provider == provider);
        return settings switch
        {
            { IsTrial: true } => tenant?.ForTrial(),
            { Licenses: { } licenses and > 0 } => tenant?.For(licenses),
            _ => null,
        };
    }

    private ThrottlePolicy WithProvider(
        ThrottlePolicy policy, string provider, SendMethodFacts? method, ThrottleSettings? settings)
    {
        if (settings is null)
        {
            return policy;
        }

        var scope = ThrottleScope.OfProvider(provider);
        var isExempt = method is not null
            && catalog.TenantLimits.Any(limit => limit.Provider == provider && limit.Exempt.Contains(method.Id));
        return policy with
        {
            ProviderKey = scope.Key(),
            ProviderLimits = settings.Limits ?? [],
            ExternalKey = ExternalKey(provider),
            ExternalLimit = isExempt ? null : ExternalLimit(provider, settings),
            AcceptedDomains = [.. settings.AcceptedDomains.Select(DomainName.Parse)],
        };
    }

    /// <summary>Under which the external recipients of a provider's tenant are counted.</summary>
    internal static string ExternalKey(string provider) => ThrottleScope.OfProvider(provider).Key("external");

    private SendMethodFacts? MethodOf(ThrottleScope scope) =>
        scope.Kind == ThrottleScopeKind.Method && Enum.TryParse<SendMethodId>(scope.Name, out var id)
            ? catalog[id]
            : null;

    private SendMethodFacts? MethodOf(ThrottleSubject route)
    {
        if (Enum.TryParse<SendMethodId>(route.Method, out var id))
        {
            return catalog[id];
        }

        var host = HostOf(route.Server);
        return catalog.Methods.FirstOrDefault(method => IsHostOf(method, host))
            ?? (catalog.KnownHosts.FirstOrDefault(known => known.Includes(host))?.Method is { } meant
                ? catalog[meant]
                : null);
    }

    private static bool IsHostOf(SendMethodFacts method, string host) =>
        method.Hosts.Values.Append(method.LegacyTlsHost).Contains(host, StringComparer.OrdinalIgnoreCase);

    private static string? ProviderOf(string server) =>
        DnsName.TryParse(HostOf(server), out var host, out _) && MxProviderCatalog.BuiltIn.TryFind(
            host, out var provider, out _)
            ? provider.Id
            : null;

    private static string HostOf(string server)
    {
        var colon = server.LastIndexOf(':');
        return colon >= 0 && int.TryParse(
            server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? server[..colon].ToLowerInvariant()
            : server.ToLowerInvariant();
    }

    private static int? OrNone(int? value) => value is 0 ? null : value;
}
