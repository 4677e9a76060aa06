using System.Globalization;

namespace MailAdmin.Storage;

/// <summary>The settings that all who use a store share, with their defaults.</summary>
public sealed record EmailOptions
{
    /// <summary>How long history and finished items are kept when nothing else is set: 30 days.</summary>
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    /// <summary>How long history and finished items are kept, in whole days.</summary>
    public TimeSpan Retention { get; init; } = DefaultRetention;

    /// <summary>The most octets of one message; null for any number.</summary>
    public long? LargestMessage { get; init; }

    /// <summary>The author of messages that name none, as an address with or without a name; null for none.</summary>
    public string? DefaultSender { get; init; }

    /// <summary>Who gets a notice of a queued message that failed, beside its sender; null for nobody.</summary>
    public string? AlertAddress { get; init; }

    /// <summary>The route of queued messages that name none, as the queue writes routes down; null for none.</summary>
    public string? BatchRoute { get; init; }

    /// <summary><see cref="BatchRoute"/> as people read it: the server, or the method and the domain.</summary>
    public string? BatchProvider { get; init; }

    /// <summary>Reads them. What is set to something that this version does not know counts as not set.</summary>
    public static async ValueTask<EmailOptions> LoadAsync(IOptionStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var set = await store.GetAsync(cancellationToken).ConfigureAwait(false);
        return new EmailOptions
        {
            Retention = Number(set, nameof(Retention)) is { } days ? TimeSpan.FromDays(days) : DefaultRetention,
            LargestMessage = Number(set, nameof(LargestMessage)),
            DefaultSender = set.GetValueOrDefault(nameof(DefaultSender)),
            AlertAddress = set.GetValueOrDefault(nameof(AlertAddress)),
            BatchRoute = set.GetValueOrDefault(nameof(BatchRoute)),
            BatchProvider = set.GetValueOrDefault(nameof(BatchProvider)),
        };
    }

    /// <summary>
    /// Writes what has changed, and so leaves alone what somebody else changes at the same time. What has its default
    /// is not kept, so that it follows a later version's.
    /// </summary>
    /// <param name="store">Where to.</param>
    /// <param name="before">What they were when they were read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SaveAsync(IOptionStore store, EmailOptions before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(before);
        var known = before.Texts();
        var changed = Texts().Where(option => option.Value != known[option.Key]).ToDictionary(StringComparer.Ordinal);
        return changed.Count > 0 ? store.SetAsync(changed, cancellationToken) : Task.CompletedTask;
    }

    private Dictionary<string, string?> Texts() => new(StringComparer.Ordinal)
    {
        [nameof(Retention)] = Retention == DefaultRetention ? null : Text((long)Retention.TotalDays),
        [nameof(LargestMessage)] = LargestMessage is { } size ? Text(size) : null,
        [nameof(DefaultSender)] = DefaultSender,
        [nameof(AlertAddress)] = AlertAddress,
        [nameof(BatchRoute)] = BatchRoute,
        [nameof(BatchProvider)] = BatchProvider,
    };

    private static long? Number(IReadOnlyDictionary<string, string> set, string name) =>
        long.TryParse(set.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
        number > 0 ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
