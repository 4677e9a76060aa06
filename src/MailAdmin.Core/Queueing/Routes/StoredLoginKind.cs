namespace MailAdmin.Queueing.Routes;

/// <summary>The sorts of login that can be stored.</summary>
internal enum StoredLoginKind
{
    /// <summary>User name and password.</summary>
    Password,

    /// <summary>User name and an access token that cannot be renewed.</summary>
    Token,

    /// <summary>User name and a source of tokens that renews itself.</summary>
    TokenSource,

    /// <summary>The account that the distributor runs as.</summary>
    Integrated,
}
