using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.DomainChecks.Dkim;
using MailAdmin.DomainChecks.Dmarc;
using MailAdmin.DomainChecks.Dnsbl;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.Mx;
using MailAdmin.DomainChecks.Spf;
using MailAdmin.DomainChecks.TlsRpt;

namespace MailAdmin.DomainChecks;

/// <summary>
/// What the checks of one domain found. Parts that were not checked, or not found, are null or empty.
/// </summary>
public sealed record MailDomainReport
{
    /// <summary>What findings are called that come from silence, or from no question at all.</summary>
    private static readonly string[] Unanswered =
        ["CheckNotPossible", "CheckTimedOut", "DnsblNoAddress", "DnsblNotReached", "DnsblNobodyAnswered"];

    /// <summary>The domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>When the check began.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The findings, area by area.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What to publish.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>The records that were found.</summary>
    public IReadOnlyList<DnsRecord> Records { get; init; } = [];

    /// <summary>The hosts that take the domain's mail, the first choice first.</summary>
    public IReadOnlyList<MxHost> MxHosts { get; init; } = [];

    /// <summary>The SPF record with all that it leads to.</summary>
    public SpfNode? SpfTree { get; init; }

    /// <summary>What SPF says about each sending address.</summary>
    public IReadOnlyList<SpfResult> SpfResults { get; init; } = [];

    /// <summary>The signing keys that were found.</summary>
    public IReadOnlyList<DkimSelector> DkimSelectors { get; init; } = [];

    /// <summary>The DMARC policy.</summary>
    public DmarcResult? Dmarc { get; init; }

    /// <summary>The MTA-STS policy.</summary>
    public MtaStsPolicy? MtaSts { get; init; }

    /// <summary>Where faults of TLS are reported.</summary>
    public TlsRptRecord? TlsRpt { get; init; }

    /// <summary>The DANE records of the mail hosts.</summary>
    public IReadOnlyList<DaneHost> DaneHosts { get; init; } = [];

    /// <summary>What block lists say about the sending addresses.</summary>
    public IReadOnlyList<DnsblAnswer> DnsblAnswers { get; init; } = [];

    /// <summary>The worst that was found.</summary>
    public FindingSeverity Severity => Worst(Findings) ?? FindingSeverity.Ok;

    /// <summary>
    /// False when the DNS answered nothing at all, so that the findings say nothing about the domain.
    /// </summary>
    public bool IsConclusive =>
        Records.Count > 0 || Findings.Count == 0 || Findings.Any(finding => !Unanswered.Contains(finding.Code));

    /// <summary>This report with its findings in another language.</summary>
    public MailDomainReport In(PhraseBook book) =>
        this with { Findings = [.. Findings.Select(finding => finding with { Book = book })] };

    /// <summary>The worst that was found in one area; null when it was not checked.</summary>
    public FindingSeverity? SeverityOf(CheckArea area) => Worst(Findings.Where(finding => finding.Area == area));

    private static FindingSeverity? Worst(IEnumerable<Finding> findings) =>
        findings.Select(finding => (FindingSeverity?)finding.Severity).Max();
}
