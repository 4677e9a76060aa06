using System.Collections.Concurrent;

namespace MailAdmin.TestServices.Hosting;

/// <summary>The requests so far, each as its method and path.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>How many there were to paths that end so.</summary>
    public int Count(string pathEnd) => _lines.Count(l => l.EndsWith(pathEnd, StringComparison.OrdinalIgnoreCase));

    internal void Add(string line) => _lines.Enqueue(line);
}
