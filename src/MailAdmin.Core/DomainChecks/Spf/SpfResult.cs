namespace MailAdmin.DomainChecks.Spf;

/// <summary>What SPF says about one sender, and why.</summary>
public sealed record SpfResult
{
    /// <summary>The sender that was asked about.</summary>
    public required SpfQuery Query { get; init; }

    /// <summary>The answer.</summary>
    public required SpfVerdict Verdict { get; init; }

    /// <summary>The records that were read, as a tree.</summary>
    public required SpfNode Root { get; init; }

    /// <summary>
    /// Terms that needed look-ups until the answer was found; at most 10 are allowed (RFC 7208 §4.6.4).
    /// </summary>
    public int Lookups { get; init; }

    /// <summary>How many of these brought nothing; more than 2 are an error.</summary>
    public int VoidLookups { get; init; }

    /// <summary>What the domain says to those whom it refuses (<c>exp=</c>); null when it says nothing.</summary>
    public string? Explanation { get; init; }

    /// <summary>What led to an error or to no answer; null for the others.</summary>
    public Phrase? Fault => Verdict is SpfVerdict.None or SpfVerdict.TempError or SpfVerdict.PermError
        ? Root.DeepestFault
        : null;

    /// <summary>The term that decided, in the innermost record; null when none did.</summary>
    public string? Term => Root.Path.LastOrDefault();
}
