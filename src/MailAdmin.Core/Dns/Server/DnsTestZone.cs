using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Server;

/// <summary>
/// The records that a <see cref="DnsTestServer"/> knows, of any number of domains. Records may be added while it runs.
/// </summary>
public sealed class DnsTestZone
{
    private readonly object _lock = new();
    private readonly Dictionary<DnsName, List<DnsRecord>> _records = [];
    private readonly HashSet<DnsName> _names = [];

    /// <summary>A zone with these records, each as in a zone file; see <see cref="Add(string)"/>.</summary>
    /// <exception cref="ZoneLineException">A line is no record.</exception>
    public DnsTestZone(params string[] lines)
    {
        foreach (var line in lines)
        {
            Add(line);
        }
    }

    /// <summary>
    /// Adds a record: <c>name [seconds] [IN] type data</c>, as in <c>example.com 300 MX 10 mail.example.com</c>. All
    /// names are absolute; the time to live is 300 seconds if not given; a TXT string may have any length.
    /// </summary>
    /// <returns>This zone.</returns>
    /// <exception cref="ZoneLineException">The line is no record.</exception>
    public DnsTestZone Add(string line) => Add(ZoneRecord.Parse(line));

    /// <summary>Adds a record.</summary>
    /// <returns>This zone.</returns>
    public DnsTestZone Add(DnsRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_lock)
        {
            if (!_records.TryGetValue(record.Name, out var records))
            {
                _records.Add(record.Name, records = []);
            }

            records.Add(record);
            for (var name = record.Name; _names.Add(name) && !name.IsRoot; name = name.Parent)
            {
                // Each name above exists as well, if without records (RFC 8020).
            }
        }

        return this;
    }

    /// <summary>The records of a name and type.</summary>
    internal IReadOnlyList<DnsRecord> Find(DnsName name, DnsRecordType type)
    {
        lock (_lock)
        {
            return _records.TryGetValue(name, out var records) ? [.. records.Where(record => record.Type == type)] : [];
        }
    }

    /// <summary>True when the name, or one below it, has any record.</summary>
    internal bool Exists(DnsName name)
    {
        lock (_lock)
        {
            return _names.Contains(name);
        }
    }

    /// <summary>The start of authority of the closest zone above a name, if one was added.</summary>
    internal SoaRecord? AuthorityOf(DnsName name)
    {
        for (var zone = name; ; zone = zone.Parent)
        {
            if (Find(zone, DnsRecordType.SOA) is [SoaRecord authority, ..])
            {
                return authority;
            }

            if (zone.IsRoot)
            {
                return null;
            }
        }
    }
}
