namespace MailAdmin.Queueing.Distribution;

/// <summary>What a distributor did.</summary>
public sealed record DistributorSummary
{
    /// <summary>Items that every recipient has.</summary>
    public int Sent { get; init; }

    /// <summary>Finished items that some recipients have.</summary>
    public int PartlySent { get; init; }

    /// <summary>Finished items that no recipient has.</summary>
    public int Failed { get; init; }

    /// <summary>Items that were given up as their time was over.</summary>
    public int Expired { get; init; }

    /// <summary>Attempts after which an item waits to be tried again.</summary>
    public int Deferred { get; init; }

    /// <summary>Deferrals by limits, without an attempt.</summary>
    public int Throttled { get; init; }

    /// <summary>Attempts that were made although a limit was reached.</summary>
    public int Forced { get; init; }

    /// <summary>Rounds that were begun.</summary>
    public int Rounds { get; init; }

    /// <summary>True when it was stopped before it was done.</summary>
    public bool WasStopped { get; init; }

    /// <summary>How long it took, without what it removed from the store at its end.</summary>
    public TimeSpan Duration { get; init; }
}
