namespace MailAdmin.Identity.Secrets;

/// <summary>Who may read the secrets of a store.</summary>
public enum SecretAudience
{
    /// <summary>The account that made the store, and nobody else.</summary>
    Owner,

    /// <summary>
    /// Everybody who may use a machine-wide store: on Windows accounts of this machine that can read the store,
    /// elsewhere the key file's group.
    /// </summary>
    Machine,
}
