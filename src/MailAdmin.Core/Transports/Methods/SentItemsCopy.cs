namespace MailAdmin.Transports.Methods;

/// <summary>Whether a copy appears in the folder of sent items.</summary>
public enum SentItemsCopy
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>It does if that is asked for.</summary>
    Optional,

    /// <summary>It does.</summary>
    Yes,
}
