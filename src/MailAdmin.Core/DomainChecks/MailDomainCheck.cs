using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.DomainChecks;

/// <summary>Checks whether mail domains are set up right. May be used for any number of domains at once.</summary>
public sealed class MailDomainCheck
{
    private readonly IDnsResolver _resolver;
    private readonly IMtaStsPolicySource _policies;
    private readonly IMailHostCertificates? _certificates;
    private readonly MailDomainCheckOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Prepares checks.</summary>
    /// <param name="resolver">The DNS. DANE needs one whose DNSSEC validation is trusted.</param>
    /// <param name="policies">Where MTA-STS policies come from.</param>
    /// <param name="options">What is known and wanted; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="certificates">
    /// Shows the certificates of mail hosts that have TLSA records; null to open no connection to any.
    /// </param>
    /// <exception cref="MailDomainCheckException">The options name a mail service that is not known.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is out of its range.</exception>
    public MailDomainCheck(
        IDnsResolver resolver,
        IMtaStsPolicySource policies,
        MailDomainCheckOptions? options = null,
        TimeProvider? time = null,
        IMailHostCertificates? certificates = null)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(policies);
        _options = options ?? new MailDomainCheckOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxParallel);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Timeout, TimeSpan.Zero);
        if (_options.ExpectedProvider is { } name && _options.Providers.Find(name) is null)
        {
            throw new MailDomainCheckException(
                $"The mail service '{name}' is not known.",
                $"Name one of these: {string.Join(", ", _options.Providers.Providers.Select(known => known.Name))}.");
        }

        (_resolver, _policies, _certificates, _time) = (resolver, policies, certificates, time ?? TimeProvider.System);
    }

    /// <summary>Reads the name of a domain that can be checked.</summary>
    /// <param name="text">The name as it was typed, in Unicode or in ASCII.</param>
    /// <exception cref="MailDomainCheckException">It is none.</exception>
    public static DomainName ParseDomain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Trim();
        if (!DomainName.TryParse(name, out var domain, out var reason))
        {
            throw MailDomainCheckException.NoDomain(text, reason);
        }

        if (domain.IsLiteral || IPAddress.TryParse(name, out _))
        {
            throw MailDomainCheckException.NoDomain(text, "it is an address");
        }

        return DnsName.TryParse(domain.Ascii, out _, out reason)
            ? domain
            : throw MailDomainCheckException.NoDomain(text, reason);
    }

    /// <summary>Checks one domain. Whatever the DNS or the network does is a finding, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MailDomainReport> CheckAsync(DomainName domain, CancellationToken cancellationToken)
    {
        var start = _time.GetUtcNow();
        if (domain.IsLiteral)
        {
            var finding = new Phrase("DomainIsLiteral", domain.Ascii);
            return new MailDomainReport
            {
                Domain = domain,
                CheckedAt = start,
                Findings = [new Finding(CheckArea.Mx, FindingSeverity.Error, finding)],
            };
        }

        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var run = new MailDomainRun(_resolver, _policies, _certificates, _options, _time, domain, stop.Token);
        var report = await run.RunAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return report with { CheckedAt = start };
    }

    /// <summary>Checks many domains, several at once; each report comes when it is ready.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<MailDomainReport> CheckManyAsync(
        IEnumerable<DomainName> domains,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domains);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reports = Channel.CreateBounded<MailDomainReport>(_options.MaxParallel);
        var work = CheckIntoAsync(domains, reports.Writer, stop.Token);
        try
        {
            await foreach (var report in reports.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return report;
            }
        }
        finally
        {
            // Who stops reading stops the work as well.
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CheckIntoAsync(
        IEnumerable<DomainName> domains,
        ChannelWriter<MailDomainReport> reports,
        CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = _options.MaxParallel,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(
                domains,
                parallel,
                async (domain, token) =>
                {
                    var report = await CheckAsync(domain, token).ConfigureAwait(false);
                    await reports.WriteAsync(report, token).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The reader throws it.
            fault = e;
        }

        reports.Complete(fault);
    }
}
