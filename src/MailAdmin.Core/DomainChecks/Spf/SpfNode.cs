namespace MailAdmin.DomainChecks.Spf;

/// <summary>One record in the tree that <c>include</c> and <c>redirect</c> make.</summary>
public sealed record SpfNode
{
    /// <summary>The domain whose record it is.</summary>
    public required string Domain { get; init; }

    /// <summary>The term that led here, such as <c>include:_spf.example.com</c>; null for the first record.</summary>
    public string? ReachedBy { get; init; }

    /// <summary>The record; null when there is none, or more than one.</summary>
    public string? Record { get; init; }

    /// <summary>What this record alone says; null in a survey, which asks about no sender.</summary>
    public SpfVerdict? Verdict { get; init; }

    /// <summary>The term that decided, as it stands in the record; null when none did.</summary>
    public string? Term { get; init; }

    /// <summary>What is wrong with the record or its look-up; null when nothing is.</summary>
    public Phrase? Fault { get; init; }

    /// <summary>The terms of this record and those below that were counted as look-ups.</summary>
    public int Lookups { get; init; }

    /// <summary>The records that this one led to, in order.</summary>
    public IReadOnlyList<SpfNode> Children { get; init; } = [];

    /// <summary>The terms that decided, from this record down to the innermost, each behind its domain.</summary>
    public IReadOnlyList<string> Path
    {
        get
        {
            List<string> path = [];
            for (var node = this; node?.Term is not null; node = node.Inner)
            {
                path.Add($"{node.Domain}: {node.Term}");
            }

            return path;
        }
    }

    /// <summary>The fault that made this verdict, wherever in the tree it is.</summary>
    internal Phrase? DeepestFault => Inner?.DeepestFault ?? Fault;

    /// <summary>True when a redirect led here, not an include.</summary>
    internal bool IsRedirect =>
        ReachedBy?.StartsWith($"{SpfModifier.RedirectName}=", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The explanation that the record offers, if it is the one that refused.</summary>
    internal SpfExplanation? Explanation { get; init; }

    private SpfNode? Inner => Children.LastOrDefault(child => child.ReachedBy is not null && child.ReachedBy == Term);
}
