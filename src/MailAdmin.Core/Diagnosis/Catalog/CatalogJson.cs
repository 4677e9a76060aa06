using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailAdmin.Diagnosis.Catalog;

/// <summary>The serialisers, made by the compiler so that no reflection delays the first diagnosis.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(RuleFile))]
[JsonSerializable(typeof(LanguageFile))]
internal sealed partial class CatalogJson : JsonSerializerContext;
