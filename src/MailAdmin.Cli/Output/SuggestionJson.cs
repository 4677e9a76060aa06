using MailAdmin.DomainChecks;

namespace MailAdmin.Cli.Output;

/// <summary>Something to publish.</summary>
/// <param name="Area">Such as <c>Spf</c>.</param>
/// <param name="Place">The name in the DNS, or the URL of a file.</param>
/// <param name="Kind">The type of the record, or <c>FILE</c>.</param>
/// <param name="Text">Its content.</param>
internal sealed record SuggestionJson(string Area, string Place, string Kind, string Text)
{
    public static SuggestionJson Of(Suggestion suggestion) =>
        new(suggestion.Area.ToString(), suggestion.Place, suggestion.Kind, suggestion.Text);
}
