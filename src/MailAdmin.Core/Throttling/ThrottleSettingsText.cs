using System.Text.Json;
using System.Text.Json.Serialization;
using MailAdmin.Storage;

namespace MailAdmin.Throttling;

/// <summary>Settings in the form in which the store keeps them.</summary>
internal static class ThrottleSettingsText
{
    // What a newer version adds is left out of account, so that both can use a store.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>Writes them; null when there is nothing to keep.</summary>
    public static string? Write(ThrottleSettings settings) =>
        settings.IsEmpty ? null : JsonSerializer.Serialize(settings, Options);

    /// <summary>Reads all that a store keeps.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public static async ValueTask<IReadOnlyDictionary<ThrottleScope, ThrottleSettings>> ReadAsync(
        IThrottleStore store, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ThrottleScope, ThrottleSettings>();
        foreach (var (name, text) in await store.GetSettingsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ThrottleScope.TryParse(name, out var scope, out _))
            {
                found[scope] = Read(name, text);
            }
        }

        return found;
    }

    private static ThrottleSettings Read(string name, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ThrottleSettings>(text, Options) ?? new ThrottleSettings();
        }
        catch (JsonException cause)
        {
            throw new StoreException(
                StoreFault.Damaged,
                $"The limits of {name} in the store cannot be read.",
                "Set them again with Set-EmailThrottle -Reset.",
                cause);
        }
    }
}
