using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailAdmin.Diagnosis.Catalog;

/// <summary>
/// Reads and checks a user's file of rules, so that a fault in it shows at once and not in the middle of trouble.
/// </summary>
internal static partial class UserRules
{
    private const int MaxOctets = 4 * 1024 * 1024;
    private const int MaxRules = 5000;

    /// <exception cref="ErrorCatalogException">The file cannot be used.</exception>
    public static RuleFile Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxOctets)
        {
            throw new ErrorCatalogException("it is larger than 4 MiB");
        }

        try
        {
            return JsonSerializer.Deserialize(
                json.StartsWith("\uFEFF"u8) ? json[3..] : json, CatalogJson.Default.RuleFile)
                ?? throw new ErrorCatalogException("it is empty");
        }
        catch (JsonException e)
        {
            throw new ErrorCatalogException(e.Message.TrimEnd('.'), e);
        }
    }

    /// <exception cref="ErrorCatalogException">The file has words in a language that is not known here.</exception>
    public static void CheckCultures(RuleFile file, Wording wording)
    {
        var unknown = file.Texts.Keys.Except(wording.Cultures, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        if (unknown is not null)
        {
            throw new ErrorCatalogException(
                $"it has texts in '{unknown}', which is none of {string.Join(", ", wording.Cultures)}");
        }
    }

    /// <summary>Checks everything but the conditions, which are checked as they are compiled.</summary>
    /// <exception cref="ErrorCatalogException">The file cannot be used.</exception>
    public static void Check(RuleFile file, Wording wording)
    {
        if (file.Rules.Count > MaxRules)
        {
            throw new ErrorCatalogException("it has more than 5,000 rules");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in file.Rules)
        {
            Require(Name().IsMatch(rule.Id), rule.Id, "has a name that is not in PascalCase");
            Require(ids.Add(rule.Id), rule.Id, "occurs twice");
            Require(rule.When.Count > 0, rule.Id, "has no condition");
            Require(Month().IsMatch(rule.Source), rule.Id, "has a source that is no month such as 2026-11");
            Require(
                rule.Methods.All(MethodNames.All.Contains),
                rule.Id,
                $"names a method that is none of {string.Join(", ", MethodNames.All)}");
            Require(
                wording.Find(EmbeddedFiles.FallbackCulture, rule.Id)
                    is { Text.Remedies.Count: > 0, Text.Cause.Length: > 0 },
                rule.Id,
                $"has no cause or no remedy in {EmbeddedFiles.FallbackCulture}");
        }
    }

    private static void Require(bool holds, string id, string fault)
    {
        if (!holds)
        {
            throw new ErrorCatalogException($"the rule '{id}' {fault}");
        }
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]{2,63}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^20\d\d-(0[1-9]|1[0-2])\z")]
    private static partial Regex Month();
}
