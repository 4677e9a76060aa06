using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MailAdmin.Diagnosis.Catalog;

/// <summary>The files that come with this assembly.</summary>
internal static class EmbeddedFiles
{
    public const string FallbackCulture = "en-US";

    private const string Prefix = "MailAdmin.Diagnosis.";
    private const string TextPrefix = Prefix + "text.";
    private const string Suffix = ".json";

    /// <summary>The names of the cultures that there are words in.</summary>
    public static IReadOnlyList<string> Cultures() =>
        [.. typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(TextPrefix, StringComparison.Ordinal))
            .Select(name => name[TextPrefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)];

    public static RuleFile Rules() => Read(Prefix + "rules" + Suffix, CatalogJson.Default.RuleFile);

    public static LanguageFile Language(string culture) =>
        Read(TextPrefix + culture + Suffix, CatalogJson.Default.LanguageFile);

    private static T Read<T>(string name, JsonTypeInfo<T> type)
    {
        using var stream = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        return JsonSerializer.Deserialize(stream, type)
            ?? throw new InvalidOperationException($"{name} is empty.");
    }
}
