using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// An SPF record that obeys the grammar of RFC 7208 §12:
/// <code>
/// record = "v=spf1" *( 1*SP ( directive / modifier ) ) *SP
/// </code>
/// </summary>
internal sealed class SpfRecord
{
    public const string Version = "v=spf1";

    private SpfRecord(string text) => Text = text;

    public string Text { get; }

    public IReadOnlyList<SpfMechanism> Mechanisms { get; private init; } = [];

    public SpfModifier? Redirect { get; private init; }

    public SpfModifier? Explanation { get; private init; }

    /// <summary>Modifiers that mean nothing to RFC 7208, and have no effect.</summary>
    public IReadOnlyList<SpfModifier> Others { get; private init; } = [];

    /// <summary>The <c>all</c> of the record, if it has one.</summary>
    public SpfMechanism? All => Mechanisms.FirstOrDefault(mechanism => mechanism.Kind == SpfMechanismKind.All);

    /// <summary>True for a text that means to be an SPF record (RFC 7208 §4.5), whatever follows.</summary>
    public static bool IsSpf(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) &&
        (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <summary>Reads a record; on failure <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out SpfRecord? record,
        [NotNullWhen(false)] out Phrase? fault)
    {
        record = null;
        if (!IsSpf(text))
        {
            fault = new Phrase("SpfNoVersion");
            return false;
        }

        List<SpfMechanism> mechanisms = [];
        List<SpfModifier> modifiers = [];
        foreach (var term in text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            fault = SpfTermParser.Read(term, mechanisms, modifiers);
            if (fault is not null)
            {
                return false;
            }
        }

        fault = Twice(modifiers, SpfModifier.RedirectName) ?? Twice(modifiers, SpfModifier.ExplanationName);
        if (fault is not null)
        {
            return false;
        }

        record = new SpfRecord(text)
        {
            Mechanisms = mechanisms,
            Redirect = modifiers.Find(modifier => modifier.Is(SpfModifier.RedirectName)),
            Explanation = modifiers.Find(modifier => modifier.Is(SpfModifier.ExplanationName)),
            Others = modifiers.FindAll(modifier => !modifier.IsKnown),
        };
        return true;
    }

    private static Phrase? Twice(List<SpfModifier> modifiers, string name) =>
        modifiers.Count(modifier => modifier.Is(name)) > 1 ? new Phrase("SpfModifierTwice", name) : null;
}
