namespace MailAdmin.Identity.Inspection;

/// <summary>For whom a token speaks.</summary>
public enum TokenGrant
{
    /// <summary>A user, through an app that may act for him (scopes).</summary>
    Delegated,

    /// <summary>An app itself, without a user (roles).</summary>
    Application,
}
