namespace MailAdmin;

/// <summary>The clouds of Microsoft 365, which have hosts of their own.</summary>
public enum CloudEnvironment
{
    /// <summary>The worldwide one, GCC included.</summary>
    Public,

    /// <summary>US Government, GCC High.</summary>
    UsGov,

    /// <summary>US Department of Defense.</summary>
    UsGovDod,

    /// <summary>China, run by 21Vianet.</summary>
    China,
}
