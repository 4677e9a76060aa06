namespace MailAdmin.Server;

/// <summary>Counts how often each fault struck, over all connections of a server.</summary>
internal sealed class FaultCounter(FaultScript script)
{
    private readonly int[] _struck = new int[script.Faults.Count];

    public bool IsEmpty => _struck.Length == 0;

    /// <summary>The fault that strikes at this place now, or null; it is counted.</summary>
    public Fault? Take(FaultStep step, int occurrence) => Find(step, occurrence, Count);

    /// <summary>The fault that would strike at this place, or null; <see cref="Take(Fault)"/> counts it.</summary>
    public Fault? Peek(FaultStep step, int occurrence) => Find(step, occurrence, IsLeft);

    /// <summary>Counts a fault that was peeked at; false when other connections have used it up meanwhile.</summary>
    public bool Take(Fault fault)
    {
        for (var i = 0; i < _struck.Length; i++)
        {
            if (ReferenceEquals(script.Faults[i], fault))
            {
                return Count(i, fault);
            }
        }

        return false;
    }

    private Fault? Find(FaultStep step, int occurrence, Func<int, Fault, bool> mayStrike)
    {
        for (var i = 0; i < _struck.Length; i++)
        {
            var fault = script.Faults[i];
            if (fault.Step == step && (fault.Occurrence ?? occurrence) == occurrence && mayStrike(i, fault))
            {
                return fault;
            }
        }

        return null;
    }

    private bool IsLeft(int index, Fault fault) =>
        fault.Times is not { } times || Volatile.Read(ref _struck[index]) < times;

    private bool Count(int index, Fault fault) =>
        fault.Times is not { } times || Interlocked.Increment(ref _struck[index]) <= times;
}
