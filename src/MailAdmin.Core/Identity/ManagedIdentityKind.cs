namespace MailAdmin.Identity;

/// <summary>Which of the identities that a machine may have in Azure.</summary>
public enum ManagedIdentityKind
{
    /// <summary>The machine's own one.</summary>
    System,

    /// <summary>One that was assigned, by its client id.</summary>
    ClientId,

    /// <summary>One that was assigned, by its resource id in Azure.</summary>
    ResourceId,

    /// <summary>One that was assigned, by its object id in Entra ID.</summary>
    ObjectId,
}
