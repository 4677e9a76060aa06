namespace MailAdmin.TestServices.Hosting;

/// <summary>The faults to come, in their order; each waits for a request that it fits.</summary>
public sealed class HttpFaultScript
{
    private readonly Lock _lock = new();
    private readonly List<HttpFault> _waiting = [];

    /// <summary>Adds one behind those that wait.</summary>
    public void Add(HttpFault fault)
    {
        lock (_lock)
        {
            _waiting.Add(fault);
        }
    }

    /// <summary>Forgets all that wait.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }

    /// <summary>The fault for this request, which is then used up by one; null when it shall be served.</summary>
    internal HttpFault? Take(string path)
    {
        lock (_lock)
        {
            var index = _waiting.FindIndex(f => path.EndsWith(f.Path, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                return null;
            }

            var fault = _waiting[index];
            if (fault.Count > 1)
            {
                _waiting[index] = fault with { Count = fault.Count - 1 };
            }
            else
            {
                _waiting.RemoveAt(index);
            }

            return fault;
        }
    }
}
