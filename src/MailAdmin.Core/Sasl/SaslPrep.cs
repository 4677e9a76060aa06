using System.Globalization;
using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// SASLprep (RFC 4013): one form for names and passwords that look the same. Unicode's categories stand in for the
/// tables of RFC 3454, so newer scripts are covered too; the check of mixed writing directions (RFC 3454 §6) is left
/// out, as it could only refuse what a server would refuse anyway.
/// </summary>
internal static class SaslPrep
{
    /// <exception cref="SaslException">It holds a character that no name and no password may have.</exception>
    public static string Prepare(string text, string what)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
            {
                mapped.Append(' ');
            }
            else if (!IsMappedToNothing(rune.Value))
            {
                mapped.Append(rune);
            }
        }

        var prepared = mapped.ToString().Normalize(NormalizationForm.FormKC);
        return prepared.EnumerateRunes().Any(IsProhibited)
            ? throw new SaslException(
                "SaslCredentialInvalid",
                $"The {what} holds a character that must not occur in it (RFC 4013).",
                "Look for control or invisible characters that were pasted along.")
            : prepared;
    }

    // RFC 3454 table B.1.
    private static bool IsMappedToNothing(int value) =>
        value is 0xAD or 0x34F or 0x1806 or (>= 0x180B and <= 0x180D) or (>= 0x200B and <= 0x200D) or 0x2060
            or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // RFC 3454 tables C.1.2 to C.9. U+FFFD is also what an unpaired surrogate was read as.
    private static bool IsProhibited(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFFF9 and <= 0xFFFD) or (>= 0x2FF0 and <= 0x2FFB)
            or 0x340 or 0x341;
}
