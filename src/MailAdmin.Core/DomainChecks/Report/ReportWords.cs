namespace MailAdmin.DomainChecks.Report;

/// <summary>The names of areas and severities in reports.</summary>
internal static class ReportWords
{
    public static Phrase Of(CheckArea area) => area switch
    {
        CheckArea.Mx => new Phrase("AreaMx"),
        CheckArea.Spf => new Phrase("AreaSpf"),
        CheckArea.Dkim => new Phrase("AreaDkim"),
        CheckArea.Dmarc => new Phrase("AreaDmarc"),
        CheckArea.MtaSts => new Phrase("AreaMtaSts"),
        CheckArea.TlsRpt => new Phrase("AreaTlsRpt"),
        CheckArea.Dane => new Phrase("AreaDane"),
        _ => new Phrase("AreaDnsbl"),
    };

    public static Phrase Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Ok => new Phrase("SeverityOk"),
        FindingSeverity.Info => new Phrase("SeverityInfo"),
        FindingSeverity.Warning => new Phrase("SeverityWarning"),
        _ => new Phrase("SeverityError"),
    };
}
