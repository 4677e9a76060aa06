namespace MailAdmin.Dns.Server;

/// <summary>The faults that are to come, the first that fits being the one that happens.</summary>
internal sealed class FaultScript
{
    private readonly List<DnsFault> _faults = [];

    public void Add(DnsFault fault)
    {
        lock (_faults)
        {
            _faults.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_faults)
        {
            _faults.Clear();
        }
    }

    /// <summary>The fault that the question meets; it counts as met.</summary>
    public DnsFault? Take(DnsQuestion question)
    {
        lock (_faults)
        {
            var at = _faults.FindIndex(fault => fault.Times is null or > 0 && fault.Concerns(question));
            if (at < 0)
            {
                return null;
            }

            var fault = _faults[at];
            _faults[at] = fault with { Times = fault.Times - 1 };
            return fault;
        }
    }
}
