namespace MailAdmin.Transports.Methods;

/// <summary>Whether user name and password are enough to log in.</summary>
public enum BasicLogin
{
    /// <summary>There is no login, or it takes a token.</summary>
    No,

    /// <summary>They are.</summary>
    Allowed,

    /// <summary>They still are, where an administrator allows it; this ends.</summary>
    Retiring,

    /// <summary>Only with a password that is made for one app.</summary>
    AppPassword,
}
