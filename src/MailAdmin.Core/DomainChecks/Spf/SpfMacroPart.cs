namespace MailAdmin.DomainChecks.Spf;

/// <summary>A piece of a macro string: literal text, or a macro to expand (RFC 7208 §7.1).</summary>
/// <param name="Literal">The text; null for a macro.</param>
/// <param name="Letter">Which value, in lower case.</param>
/// <param name="Keep">How many parts on the right stay; 0 for all.</param>
/// <param name="IsReversed">Whether the parts are put in reverse order first.</param>
/// <param name="IsEscaped">Whether the result is escaped as in a URL.</param>
/// <param name="Delimiters">What the value is split at.</param>
internal sealed record SpfMacroPart(
    string? Literal,
    char Letter = '\0',
    int Keep = 0,
    bool IsReversed = false,
    bool IsEscaped = false,
    string Delimiters = ".");
