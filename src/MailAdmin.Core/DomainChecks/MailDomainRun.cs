using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.DomainChecks.Dkim;
using MailAdmin.DomainChecks.Dmarc;
using MailAdmin.DomainChecks.Dnsbl;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.Mx;
using MailAdmin.DomainChecks.Spf;
using MailAdmin.DomainChecks.TlsRpt;

namespace MailAdmin.DomainChecks;

/// <summary>The checks of one domain: mail exchanges first, as others need them, then all others at once.</summary>
internal sealed class MailDomainRun(
    IDnsResolver resolver,
    IMtaStsPolicySource policies,
    IMailHostCertificates? certificates,
    MailDomainCheckOptions options,
    TimeProvider time,
    DomainName domain,
    CancellationToken cancellationToken)
{
    private readonly Dictionary<CheckArea, AreaLog> _logs =
        options.Areas.Distinct().ToDictionary(area => area, area => new AreaLog(area));

    private readonly DnsName _name = DnsName.Of(domain);

    public async Task<MailDomainReport> RunAsync()
    {
        var expected = options.Providers.Find(options.ExpectedProvider);
        var hosts = await HostsAsync(expected).ConfigureAwait(false);
        var used = hosts.Select(host => options.Providers.Find(host.Provider)).OfType<MailProvider>().FirstOrDefault();

        var spf = In(CheckArea.Spf, log => new SpfCheck(resolver, time, log, cancellationToken).RunAsync(
            _name,
            options.SendingAddresses,
            options.Helo.Length == 0 ? domain.Ascii : options.Helo,
            expected ?? used,
            expected is not null,
            hosts.Count > 0));
        var dkim = In(CheckArea.Dkim, log => new DkimCheck(resolver, log, cancellationToken).RunAsync(
            _name, Selectors(expected ?? used), areRequired: options.Selectors.Count > 0));
        var dmarc = In(CheckArea.Dmarc, log => new DmarcCheck(resolver, log, cancellationToken).RunAsync(_name));
        var mtaSts = In(
            CheckArea.MtaSts,
            log => new MtaStsCheck(resolver, policies, time, log, cancellationToken).RunAsync(
                domain, [.. hosts.Select(host => host.Host)]));
        var tlsRpt = In(CheckArea.TlsRpt, log => new TlsRptCheck(resolver, log, cancellationToken).RunAsync(_name));
        var dane = In(CheckArea.Dane, log => new DaneCheck(
            resolver, certificates, log, cancellationToken).RunAsync(hosts));
        var dnsbl = In(
            CheckArea.Dnsbl,
            log => new DnsblCheck(resolver, options.BlockLists, log, cancellationToken).RunAsync(
                options.SendingAddresses));
        await Task.WhenAll(spf, dkim, dmarc, mtaSts, tlsRpt, dane, dnsbl).ConfigureAwait(false);

        var logs = _logs.OrderBy(log => log.Key).Select(log => log.Value).ToList();
        return new MailDomainReport
        {
            Domain = domain,
            CheckedAt = time.GetUtcNow(),
            Findings = [.. logs.SelectMany(log => log.Findings)],
            Suggestions = [.. logs.SelectMany(log => log.Suggestions)],
            Records = [.. logs.SelectMany(log => log.Records).Distinct()],
            MxHosts = _logs.ContainsKey(CheckArea.Mx) ? hosts : [],
            SpfTree = (await spf.ConfigureAwait(false))?.Tree,
            SpfResults = (await spf.ConfigureAwait(false))?.Results ?? [],
            DkimSelectors = await dkim.ConfigureAwait(false) ?? [],
            Dmarc = await dmarc.ConfigureAwait(false),
            MtaSts = await mtaSts.ConfigureAwait(false),
            TlsRpt = await tlsRpt.ConfigureAwait(false),
            DaneHosts = await dane.ConfigureAwait(false) ?? [],
            DnsblAnswers = await dnsbl.ConfigureAwait(false) ?? [],
        };
    }

    /// <summary>The mail exchanges; other areas need them even if nobody asks about them.</summary>
    private async Task<IReadOnlyList<MxHost>> HostsAsync(MailProvider? expected)
    {
        var log = _logs.GetValueOrDefault(CheckArea.Mx) ?? new AreaLog(CheckArea.Mx);
        var check = new MxCheck(resolver, options.Providers, log, cancellationToken);
        return await PatientlyAsync(log, () => check.RunAsync(_name, expected)).ConfigureAwait(false) ?? [];
    }

    private IReadOnlyList<string> Selectors(MailProvider? provider) =>
        options.Selectors.Count > 0 ? options.Selectors : provider?.Selectors ?? options.Providers.CommonSelectors;

    private Task<T?> In<T>(CheckArea area, Func<AreaLog, Task<T>> check)
        where T : class? =>
        _logs.TryGetValue(area, out var log) ? PatientlyAsync(log, () => check(log)) : Task.FromResult<T?>(default);

    private static async Task<T?> PatientlyAsync<T>(AreaLog log, Func<Task<T>> check)
        where T : class?
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Either the time is over, which the report says, or the caller cancelled, and then gets no report.
            log.Error(new Phrase("CheckTimedOut"));
            return null;
        }
    }
}
