namespace MailAdmin.Dns.Transport;

/// <summary>Channels that wait for their next query.</summary>
/// <typeparam name="T">The kind of channel.</typeparam>
internal sealed class ChannelPool<T>(int capacity, DnsRandom random) : IDisposable
    where T : class, IChannel
{
    private readonly List<T> _idle = [];
    private bool _isDisposed;

    /// <summary>One that may serve, chosen by chance; null when there is none.</summary>
    public T? Take()
    {
        while (TakeAny() is { } channel)
        {
            if (channel.IsReusable)
            {
                return channel;
            }

            channel.Dispose();
        }

        return null;
    }

    /// <summary>Takes a channel back, or ends it when it has served its time.</summary>
    public void Return(T channel)
    {
        if (channel.IsReusable)
        {
            lock (_idle)
            {
                if (!_isDisposed && _idle.Count < capacity)
                {
                    _idle.Add(channel);
                    return;
                }
            }
        }

        channel.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_idle)
        {
            _isDisposed = true;
            _idle.ForEach(channel => channel.Dispose());
            _idle.Clear();
        }
    }

    private T? TakeAny()
    {
        lock (_idle)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            var index = random.Below(_idle.Count);
            var channel = _idle[index];
            _idle[index] = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return channel;
        }
    }
}
