using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>What sending changes in a message, and which signatures that breaks.</summary>
internal static class EmlWarnings
{
    public static IReadOnlyList<string> Of(EmlScanner survey, bool reencode)
    {
        var warnings = new List<string>();
        if (survey.ByteOrderMarkLength > 0)
        {
            warnings.Add("The byte order mark at the beginning of the message is left out.");
        }

        if (survey.Header.MboxLineLength > 0)
        {
            warnings.Add("The mbox line at the beginning of the message is left out.");
        }

        var isSigned = survey.Header.Fields.Any(
            f => f.Is("DKIM-Signature") || (f.Is("Content-Type") && f.ToContentField().Value == "multipart/signed"));
        if (reencode && isSigned && EmlObstacles.First(survey, WireFormat.SevenBit) is not null)
        {
            warnings.Add("The message is signed; if the server makes re-encoding necessary, its signature breaks.");
        }

        var signatures = survey.Header.Fields.Where(f => f.Is("DKIM-Signature")).ToArray();
        if (signatures.Length == 0)
        {
            return warnings;
        }

        foreach (var hidden in survey.Header.Fields.Where(EmlComposer.IsHidden).Select(f => f.Name).Distinct())
        {
            if (signatures.Any(s => Signs(s, hidden)))
            {
                warnings.Add($"The header {hidden} is left out; the message's DKIM signature covers it and breaks.");
            }
        }

        // A file with LF alone was converted as a whole and becomes what was signed; a mixture was signed as it is.
        if (survey.Body.HasBareCr || (survey.Body.HasBareLf && survey.Body.HasCrLf))
        {
            warnings.Add("Bare CR or LF characters become CRLF; the message's DKIM signature breaks.");
        }

        return warnings;
    }

    private static bool Signs(HeaderField signature, string name) =>
        signature.Text.Split(';')
            .Select(tag => tag.Split('=', 2))
            .Where(tag => tag is [var key, _] && key.Trim() == "h")
            .SelectMany(tag => tag[1].Split(':'))
            .Any(h => h.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
}
