using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>Is told what a distributor does, from any thread; it must not keep the distributor waiting.</summary>
public interface IDistributorObserver
{
    /// <summary>An attempt has ended and is written down.</summary>
    void OnItem(DistributedItem item);

    /// <summary>A destination gives no session; its mail waits.</summary>
    void OnDestinationClosed(DestinationState state);

    /// <summary>
    /// What the store need not keep any longer could not be removed; it is tried again an hour later, or by the next
    /// run.
    /// </summary>
    void OnUpkeepFailed(StoreException failure);

    /// <summary>How far it is.</summary>
    /// <param name="done">Items that were attempted or given up in this run.</param>
    /// <param name="inWork">Items that it has in work.</param>
    void OnProgress(int done, int inWork);
}
