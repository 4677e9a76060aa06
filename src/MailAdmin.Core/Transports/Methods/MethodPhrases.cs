using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>The sentences that advice on methods is made of, in each language.</summary>
internal static class MethodPhrases
{
    private const string Part = "MailAdmin.Transports.Methods";

    public static PhraseBook English { get; } = new(Part, PhraseBook.English.Culture);

    /// <summary>Those in the language of a culture; English when there are none.</summary>
    public static PhraseBook For(string? culture)
    {
        var found = PhraseBook.CultureFor(culture);
        return found == English.Culture ? English : new PhraseBook(Part, found);
    }
}
