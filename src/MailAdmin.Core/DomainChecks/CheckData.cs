using System.Text.Json;

namespace MailAdmin.DomainChecks;

/// <summary>The data files that are built into the assembly.</summary>
internal static class CheckData
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static Stream Open(string name) =>
        typeof(CheckData).Assembly.GetManifestResourceStream($"MailAdmin.DomainChecks.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks its data file {name}.");
}
