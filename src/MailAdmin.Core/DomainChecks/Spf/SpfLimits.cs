namespace MailAdmin.DomainChecks.Spf;

/// <summary>How much of the DNS one check may use (RFC 7208 §4.6.4).</summary>
public sealed record SpfLimits
{
    /// <summary>Terms that need look-ups, over all records together. 10 by default, as the standard has it.</summary>
    public int Lookups { get; init; } = 10;

    /// <summary>Terms whose look-up brings nothing. 2 by default.</summary>
    public int VoidLookups { get; init; } = 2;

    /// <summary>
    /// Hosts of an <c>mx</c>, and names of an address for <c>ptr</c>. 10 by default, as the standard has it.
    /// </summary>
    public int Names { get; init; } = 10;
}
