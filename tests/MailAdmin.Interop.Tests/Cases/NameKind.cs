namespace MailAdmin.Interop.Cases;

/// <summary>What display names are like.</summary>
public enum NameKind
{
    /// <summary>Words that need no quotes.</summary>
    Plain,

    /// <summary>No display name.</summary>
    None,

    /// <summary>A comma, quotes and a backslash.</summary>
    Quoted,

    /// <summary>Several scripts.</summary>
    International,

    /// <summary>Long, beyond ASCII.</summary>
    Long,
}
