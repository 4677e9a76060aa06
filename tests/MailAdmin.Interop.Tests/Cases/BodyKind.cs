namespace MailAdmin.Interop.Cases;

/// <summary>What a body is like.</summary>
public enum BodyKind
{
    /// <summary>Text in ASCII.</summary>
    Text,

    /// <summary>No body was given.</summary>
    None,

    /// <summary>An empty text.</summary>
    Empty,

    /// <summary>Text in several scripts.</summary>
    InternationalText,

    /// <summary>HTML alone.</summary>
    Html,

    /// <summary>Text and HTML as alternatives.</summary>
    Alternative,

    /// <summary>Lines of 5,000 characters.</summary>
    LongLines,

    /// <summary>Lines that are dots or begin with them.</summary>
    Dots,

    /// <summary>Spaces and tabs at the ends of lines.</summary>
    TrailingSpaces,

    /// <summary>Lines that end in CR or LF alone.</summary>
    BareLineEnds,

    /// <summary>Lines that begin with "From " and "--".</summary>
    Separators,
}
