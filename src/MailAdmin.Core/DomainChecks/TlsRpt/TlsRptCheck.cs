using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.TlsRpt;

/// <summary>Looks at the record that asks for reports on TLS.</summary>
internal sealed class TlsRptCheck(IDnsResolver resolver, AreaLog log, CancellationToken cancellationToken)
{
    public async Task<TlsRptRecord?> RunAsync(DnsName domain)
    {
        var name = DnsName.Parse($"_smtp._tls.{domain}");
        var found = await TextLookup.FindAsync(resolver, name, TlsRptRecord.Version, log, cancellationToken)
            .ConfigureAwait(false);
        switch (found)
        {
            case { Fault: { } fault }:
                log.Error(new Phrase("CheckNotPossible", fault));
                return null;

            case { Texts: [] }:
                log.Info(new Phrase("TlsRptMissing", domain.ToString()));
                log.Publish(name.ToString(), "TXT", $"v={TlsRptRecord.Version}; rua=mailto:tls-reports@{domain}");
                return null;

            case { Texts: [var text] }:
                var record = TlsRptRecord.Read(text);
                Judge(record);
                return record;

            default:
                log.Error(new Phrase("TlsRptManyRecords", found.Texts.Count));
                return null;
        }
    }

    private void Judge(TlsRptRecord record)
    {
        foreach (var fault in record.Faults)
        {
            log.Warn(new Phrase("TlsRptIgnored", fault));
        }

        if (record.ReportUris.Count == 0)
        {
            log.Error(new Phrase("TlsRptNoUri"));
        }
        else
        {
            log.Ok(new Phrase("TlsRptGood", string.Join(", ", record.ReportUris)));
        }
    }
}
