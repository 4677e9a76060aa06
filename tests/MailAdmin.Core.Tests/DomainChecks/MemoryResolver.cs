using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.Tests.DomainChecks;

/// <summary>A DNS that is a list of records, with names and types for which it fails.</summary>
internal sealed class MemoryResolver : IDnsResolver
{
    private readonly List<DnsRecord> _records = [];
    private readonly HashSet<(DnsName Name, DnsRecordType? Type)> _silent = [];
    private int _queries;

    public int Queries => _queries;

    /// <summary>Whether it says of its answers that DNSSEC proves them.</summary>
    public bool IsAuthenticated { get; init; }

    public void Add(DnsRecord record) => _records.Add(record);

    /// <summary>Lets questions time out for which there is no record; for all types, or for one.</summary>
    public void Silence(DnsName name, DnsRecordType? type = null) => _silent.Add((name, type));

    public Task<DnsResponse> QueryAsync(DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _queries);
        List<DnsRecord> answers = [];
        var owner = name;
        for (var hops = 0; hops < 8; hops++)
        {
            var own = _records.Where(record => record.Name.Equals(owner)).ToList();
            answers.AddRange(own.Where(record => record.Type == type));
            if (answers.Exists(record => record.Type == type) ||
                own.OfType<CnameRecord>().FirstOrDefault() is not { } alias)
            {
                return Task.FromResult(Response(name, type, answers, Outcome(owner, type, answers)));
            }

            answers.Add(alias);
            owner = alias.Target;
        }

        return Task.FromResult(Response(name, type, answers, DnsOutcome.AliasLoop));
    }

    private DnsResponse Response(DnsName name, DnsRecordType type, List<DnsRecord> answers, DnsOutcome outcome) =>
        new() { Name = name, Type = type, Outcome = outcome, Answers = answers, IsAuthenticated = IsAuthenticated };

    private DnsOutcome Outcome(DnsName owner, DnsRecordType type, List<DnsRecord> answers) =>
        answers.Exists(record => record.Type == type) ? DnsOutcome.Success
            : _silent.Contains((owner, null)) || _silent.Contains((owner, type)) ? DnsOutcome.Timeout
            : _records.Exists(record => record.Name.IsWithin(owner)) ? DnsOutcome.NoData
            : DnsOutcome.NxDomain;
}
