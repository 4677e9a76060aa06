namespace MailAdmin.Mime.Eml;

/// <summary>What in a line not every server can carry.</summary>
[Flags]
internal enum LineFaults
{
    None = 0,

    /// <summary>Octets over 127.</summary>
    EightBit = 1,

    /// <summary>A NUL.</summary>
    Nul = 2,

    /// <summary>More than 998 octets.</summary>
    TooLong = 4,

    /// <summary>Octets over 127 that are no UTF-8.</summary>
    NotUtf8 = 8,
}
