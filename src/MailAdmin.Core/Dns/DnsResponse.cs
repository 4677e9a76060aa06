using System.Net;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns;

/// <summary>The answer to one question, or why there is none.</summary>
public sealed record DnsResponse
{
    /// <summary>The longest chain of aliases that is followed.</summary>
    internal const int MaxAliases = 16;

    /// <summary>The name that was asked for.</summary>
    public required DnsName Name { get; init; }

    /// <summary>The type that was asked for.</summary>
    public required DnsRecordType Type { get; init; }

    /// <summary>How it ended.</summary>
    public required DnsOutcome Outcome { get; init; }

    /// <summary>True when the DNS gave a definite answer: records, or that there are none.</summary>
    public bool IsDefinite => Outcome is DnsOutcome.Success or DnsOutcome.NoData or DnsOutcome.NxDomain;

    /// <summary>The server's response code (RFC 1035 §4.1.1, RFC 6895 §2.3); null when no server replied.</summary>
    public int? ResponseCode { get; init; }

    /// <summary>
    /// The whole answer section: the aliases on the way, the records asked for, and signatures when they were wanted.
    /// </summary>
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    /// <summary>The names that <see cref="Name"/> is an alias of, one after the other (CNAME); mostly none.</summary>
    public IReadOnlyList<DnsName> Aliases => FollowAliases();

    /// <summary>The last of the aliases, to which the records belong; without aliases, <see cref="Name"/>.</summary>
    public DnsName CanonicalName => Aliases is [.., var last] ? last : Name;

    /// <summary>The start of authority that came with a negative answer (RFC 2308 §3), if one did.</summary>
    public SoaRecord? Authority { get; init; }

    /// <summary>
    /// True when a validating resolver that is trusted says that DNSSEC proves the answer (AD bit, RFC 4035 §3.2.3).
    /// </summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>The AD bit as the server set it, trusted or not.</summary>
    public bool HasAuthenticatedDataBit { get; init; }

    /// <summary>True when the server answers from its own zones (AA bit).</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>What the server says about its answer (RFC 8914); mostly nothing.</summary>
    public IReadOnlyList<DnsExtendedError> ExtendedErrors { get; init; } = [];

    /// <summary>The server that answered, or the last one that was asked; null for answers from elsewhere.</summary>
    public IPEndPoint? Server { get; init; }

    /// <summary>True when the answer came over TCP, as what is too long for UDP does.</summary>
    public bool UsedTcp { get; init; }

    /// <summary>How long the answer has been in the cache; zero for a fresh one.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>True when it came from the cache.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>
    /// How much longer the answer holds: the least time to live in it, or that of a negative answer (RFC 2308 §5), less
    /// <see cref="Age"/>. Zero when it may not be kept.
    /// </summary>
    public TimeSpan TimeToLive
    {
        get
        {
            var left = LifeTime - Age;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>How long the look-up took, with all retries.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>For a failure, what happened on the way, in words; else empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>How long the messages were that brought the answer.</summary>
    internal int MessageOctets { get; init; }

    /// <summary>How long the answer held when it came.</summary>
    internal TimeSpan LifeTime
    {
        get
        {
            if (!IsDefinite || (Outcome != DnsOutcome.Success && Authority is null))
            {
                return TimeSpan.Zero;
            }

            var least = Authority is null || Outcome == DnsOutcome.Success
                ? TimeSpan.MaxValue
                : Shorter(Authority.TimeToLive, Authority.Minimum);
            return Answers.Aggregate(least, (time, record) => Shorter(time, record.TimeToLive));
        }
    }

    /// <summary>The records of one kind that belong to the canonical name, in the server's order.</summary>
    /// <typeparam name="T">The kind of record, as <see cref="MxRecord"/>.</typeparam>
    public IReadOnlyList<T> Records<T>()
        where T : DnsRecord
    {
        var owner = CanonicalName;
        return [.. Answers.OfType<T>().Where(record => record.Type == Type && record.Name.Equals(owner))];
    }

    /// <summary>This answer if it is definite.</summary>
    /// <exception cref="DnsLookupException">It is not.</exception>
    public DnsResponse EnsureDefinite() => IsDefinite ? this : throw new DnsLookupException(this);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private List<DnsName> FollowAliases()
    {
        List<DnsName> aliases = [];
        var name = Name;
        while (Type != DnsRecordType.CNAME && aliases.Count < MaxAliases && Next(name) is { } target)
        {
            aliases.Add(target);
            name = target;
        }

        return aliases;
    }

    private DnsName? Next(DnsName name) =>
        Answers.OfType<CnameRecord>().FirstOrDefault(alias => alias.Name.Equals(name))?.Target;
}
