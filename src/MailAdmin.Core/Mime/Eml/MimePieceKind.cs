namespace MailAdmin.Mime.Eml;

/// <summary>What a stretch of a message is.</summary>
internal enum MimePieceKind
{
    /// <summary>The header of a part, with the empty line.</summary>
    Header,

    /// <summary>The body of an entity without parts.</summary>
    Body,

    /// <summary>A boundary line, with the line end before it.</summary>
    Boundary,

    /// <summary>What stands before the first and behind the last part and is shown by nobody.</summary>
    Filler,
}
