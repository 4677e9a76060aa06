namespace MailAdmin.Transports.Graph.Http;

/// <summary>How much one message may yet wait, and whether it may yet ask for another token.</summary>
internal sealed class GraphPatience(GraphLimits limits)
{
    private int _waits;
    private TimeSpan _waited;
    private bool _hasRenewed;

    /// <summary>True the first time.</summary>
    public bool MayRenew()
    {
        var may = !_hasRenewed;
        _hasRenewed = true;
        return may;
    }

    /// <summary>How long to wait now; null when it would be too often or too long.</summary>
    /// <param name="asked">What the service asks for; null when it does not say.</param>
    public TimeSpan? NextWait(TimeSpan? asked)
    {
        var wait = asked ?? limits.FirstWait * Math.Pow(2, _waits);
        if (_waits >= limits.MaxWaits || _waited + wait > limits.LongestWait)
        {
            return null;
        }

        _waits++;
        _waited += wait;
        return wait;
    }
}
