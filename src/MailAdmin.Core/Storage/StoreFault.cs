namespace MailAdmin.Storage;

/// <summary>What is wrong with a store.</summary>
public enum StoreFault
{
    /// <summary>Others kept it locked for too long.</summary>
    Busy,

    /// <summary>There is no room for it.</summary>
    Full,

    /// <summary>It can be read, not written.</summary>
    ReadOnly,

    /// <summary>This user may not use it.</summary>
    AccessDenied,

    /// <summary>A newer version of MailAdmin made it.</summary>
    NewerVersion,

    /// <summary>It is not a store, or what it holds is broken.</summary>
    Damaged,

    /// <summary>It lies on a share of the network, where locks do not hold.</summary>
    NetworkShare,

    /// <summary>An item, a content or a route is not there.</summary>
    NotFound,

    /// <summary>The system failed to read or write it.</summary>
    InputOutput,
}
