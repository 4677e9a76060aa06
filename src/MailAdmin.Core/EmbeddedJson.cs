using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MailAdmin;

/// <summary>
/// Reads the data files in JSON, those that are built into the assembly and those that users put in their place.
/// </summary>
internal static class EmbeddedJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a file that is built in, by its logical name.</summary>
    public static T Read<T>(string name)
    {
        using var data = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its data file {name}.");
        return Read<T>(data);
    }

    /// <summary>Reads what was put together from several files.</summary>
    public static T Read<T>(JsonNode data) =>
        data.Deserialize<T>(Options) ?? throw new JsonException("The data hold nothing.");

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It does not have that form.</exception>
    public static T Read<T>(Stream data) =>
        JsonSerializer.Deserialize<T>(data, Options) ?? throw new JsonException("The file holds nothing.");
}
