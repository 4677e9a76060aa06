using MailAdmin.Addressing;
using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>The limits that a route falls under.</summary>
public sealed record ThrottlePolicy
{
    /// <summary>How often an item is deferred by default before it is attempted all the same.</summary>
    public const int DefaultDeferrals = 10;

    /// <summary>The longest deferral.</summary>
    public static readonly TimeSpan LongestDeferral = TimeSpan.FromMinutes(1);

    /// <summary>Under which the route's own use is counted.</summary>
    public required string Key { get; init; }

    /// <summary>The route's own limits.</summary>
    public IReadOnlyList<SendLimit> Limits { get; init; } = [];

    /// <summary>Under which the use of the whole provider is counted; null for none.</summary>
    public string? ProviderKey { get; init; }

    /// <summary>The limits of the provider as a whole.</summary>
    public IReadOnlyList<SendLimit> ProviderLimits { get; init; } = [];

    /// <summary>
    /// Under which the external recipients of the tenant are counted; null when that limit is not known.
    /// </summary>
    public string? ExternalKey { get; init; }

    /// <summary>The tenant's limit of external recipients; null when it is not known.</summary>
    public SendLimit? ExternalLimit { get; init; }

    /// <summary>The tenant's own domains; all other recipients are external.</summary>
    public IReadOnlyList<DomainName> AcceptedDomains { get; init; } = [];

    /// <summary>The most recipients of one transaction; null for no limit.</summary>
    public int? RecipientsPerMessage { get; init; }

    /// <summary>The most connections at once; null for no limit.</summary>
    public int? Connections { get; init; }

    /// <summary>How often an item is deferred before it is attempted all the same; null for without end.</summary>
    public int? Deferrals { get; init; } = DefaultDeferrals;

    /// <summary>The longest time that an item is deferred by.</summary>
    public TimeSpan DeferralLength { get; init; } = LongestDeferral;

    /// <summary>True when nothing about the rate or the connections is limited.</summary>
    public bool IsUnlimited => Rules.Count == 0 && Connections is null;

    /// <summary>Every window that a message must find room in.</summary>
    public IReadOnlyList<ThrottleRule> Rules =>
    [
        .. Limits.Select(limit => new ThrottleRule(Key, limit)),
        .. ProviderLimits.Select(limit => new ThrottleRule(ProviderKey!, limit)),
        .. ExternalLimit is null ? [] : new[] { new ThrottleRule(ExternalKey!, ExternalLimit) },
    ];

    /// <summary>What a message uses up under each key that has a limit.</summary>
    /// <param name="recipients">Of the attempt.</param>
    /// <param name="batchSize">
    /// The most recipients of one transaction on the route; <see cref="RecipientsPerMessage"/> if that is less.
    /// </param>
    public IReadOnlyList<ThrottleCharge> Charges(IReadOnlyList<EmailAddress> recipients, int? batchSize)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        var batch = Math.Min(batchSize ?? int.MaxValue, RecipientsPerMessage ?? int.MaxValue);
        var messages = Transactions(recipients.Count, batch);
        var charges = new List<ThrottleCharge>();
        if (Limits.Count > 0)
        {
            charges.Add(new ThrottleCharge(Key, messages, recipients.Count));
        }

        if (ProviderLimits.Count > 0)
        {
            charges.Add(new ThrottleCharge(ProviderKey!, messages, recipients.Count));
        }

        if (ExternalLimit is not null)
        {
            charges.Add(new ThrottleCharge(ExternalKey!, messages, recipients.Count(IsExternal)));
        }

        return charges;
    }

    private static int Transactions(int recipients, int batch) =>
        (int)Math.Max(1, ((long)recipients + batch - 1) / batch);

    private bool IsExternal(EmailAddress recipient) => !AcceptedDomains.Contains(recipient.Domain);
}
