namespace MailAdmin.DomainChecks.Spf;

/// <summary>One modifier of a record (RFC 7208 §6).</summary>
/// <param name="Text">The term as it stands in the record.</param>
/// <param name="Name">What stands before the equals sign.</param>
/// <param name="Value">What stands behind it.</param>
internal sealed record SpfModifier(string Text, string Name, SpfMacroString Value)
{
    public const string RedirectName = "redirect";
    public const string ExplanationName = "exp";

    public bool IsKnown => Is(RedirectName) || Is(ExplanationName);

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
