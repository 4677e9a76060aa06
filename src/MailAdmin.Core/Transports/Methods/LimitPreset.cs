namespace MailAdmin.Transports.Methods;

/// <summary>Limits to choose by a name: those of a method, or of a kind of account.</summary>
public sealed record LimitPreset
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The limits of the rate.</summary>
    public IReadOnlyList<SendLimit> Limits { get; init; } = [];

    /// <summary>The most recipients of one message; null for none that is known.</summary>
    public int? RecipientsPerMessage { get; init; }

    /// <summary>The most connections at once; null for none that is known.</summary>
    public int? Connections { get; init; }

    /// <summary>All that are known: those of the methods that have limits, and others.</summary>
    public static IReadOnlyList<LimitPreset> All(SendMethodCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return [.. catalog.Methods.Select(Of).Where(preset => preset.Limits.Count > 0), .. catalog.LimitPresets];
    }

    /// <summary>The preset that a method is.</summary>
    public static LimitPreset Of(SendMethodFacts method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new LimitPreset
        {
            Name = method.Id.ToString(),
            Limits = method.Limits,
            RecipientsPerMessage = method.RecipientsPerMessage,
            Connections = method.Connections,
        };
    }
}
