namespace MailAdmin.Interop.Cases;

/// <summary>What a subject is like.</summary>
public enum SubjectKind
{
    /// <summary>A few words in ASCII.</summary>
    Ascii,

    /// <summary>No subject.</summary>
    None,

    /// <summary>Several scripts.</summary>
    International,

    /// <summary>ASCII that has to be folded.</summary>
    Long,

    /// <summary>Letters beyond ASCII that fill several encoded words.</summary>
    LongInternational,

    /// <summary>Characters outside the Basic Multilingual Plane, some of several code points.</summary>
    Emoji,

    /// <summary>Text that looks like an encoded word but is none.</summary>
    LooksEncoded,
}
