namespace MailAdmin;

/// <summary>How much a finding matters; the higher, the more.</summary>
public enum FindingSeverity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Good to know, or something that could be added.</summary>
    Info,

    /// <summary>Works, but not for all, or not for long.</summary>
    Warning,

    /// <summary>Mail is or will be lost, refused or forged, or what was checked has no effect.</summary>
    Error,
}
