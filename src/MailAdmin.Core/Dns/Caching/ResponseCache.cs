namespace MailAdmin.Dns.Caching;

/// <summary>
/// Remembers definite answers for as long as they say (RFC 1035 §7.4, RFC 2308 §5). Bounded by octets: there are two
/// generations, new entries and those that are used go to the young one; when that has half of the room, it becomes
/// the old one and the former old one is forgotten.
/// </summary>
internal sealed class ResponseCache
{
    // What an entry costs beside its message: keys, objects, time.
    private const int EntryOctets = 512;

    // Matches questions for any type, as a name that does not exist has none of them (RFC 2308 section 5).
    private const DnsRecordType AnyType = 0;

    private static readonly TimeSpan LongestPositive = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestNegative = TimeSpan.FromHours(3);

    private readonly TimeProvider _time;
    private readonly int _generationOctets;
    private readonly object _lock = new();
    private Dictionary<DnsQuestion, Entry> _young = [];
    private Dictionary<DnsQuestion, Entry> _old = [];
    private int _youngOctets;

    /// <summary>Creates an empty cache.</summary>
    public ResponseCache(int octets, TimeProvider time)
    {
        _time = time;
        _generationOctets = octets / 2;
    }

    /// <summary>How many answers are held, over or not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _young.Count + _old.Keys.Count(question => !_young.ContainsKey(question));
            }
        }
    }

    /// <summary>The answer, if it still holds, with its <see cref="DnsResponse.Age"/>.</summary>
    public DnsResponse? Find(DnsQuestion question)
    {
        var now = _time.GetTimestamp();
        var entry = FindEntry(question, now) ?? FindEntry(question with { Type = AnyType }, now);
        return entry is null ? null : entry.Response with
        {
            Type = question.Type,
            Age = _time.GetElapsedTime(entry.Stored, now),
            IsFromCache = true,
            Duration = TimeSpan.Zero,
        };
    }

    /// <summary>Keeps an answer that may be kept.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="octets">How long its message was.</param>
    public void Add(DnsResponse response, int octets)
    {
        var longest = response.Outcome == DnsOutcome.Success ? LongestPositive : LongestNegative;
        var life = response.LifeTime < longest ? response.LifeTime : longest;
        var cost = octets + EntryOctets;
        if (life <= TimeSpan.Zero || cost > _generationOctets)
        {
            return;
        }

        // An alias exists even when what it stands for does not.
        var isForAnyType = response.Outcome == DnsOutcome.NxDomain && response.Answers.Count == 0;
        var question = new DnsQuestion(response.Name, isForAnyType ? AnyType : response.Type);
        lock (_lock)
        {
            Store(question, new Entry(response, _time.GetTimestamp(), life, cost));
        }
    }

    private Entry? FindEntry(DnsQuestion question, long now)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(question, out var entry))
            {
                return Holds(entry, now) ? entry : null;
            }

            if (!_old.TryGetValue(question, out entry) || !Holds(entry, now))
            {
                return null;
            }

            Store(question, entry);
            return entry;
        }
    }

    private bool Holds(Entry entry, long now) => _time.GetElapsedTime(entry.Stored, now) < entry.Life;

    private void Store(DnsQuestion question, Entry entry)
    {
        if (_young.Remove(question, out var replaced))
        {
            _youngOctets -= replaced.Cost;
        }

        if (_youngOctets + entry.Cost > _generationOctets)
        {
            (_old, _young, _youngOctets) = (_young, [], 0);
        }

        _young.Add(question, entry);
        _youngOctets += entry.Cost;
    }

    private sealed record Entry(DnsResponse Response, long Stored, TimeSpan Life, int Cost);
}
