namespace MailAdmin.Storage;

/// <summary>Who may use the file of a store that is made.</summary>
public enum StoreAccess
{
    /// <summary>Its owner only.</summary>
    Owner,

    /// <summary>Its owner and its group.</summary>
    Group,
}
