namespace MailAdmin.Interop.Cases;

/// <summary>What is attached.</summary>
public enum AttachmentKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A file of no octets.</summary>
    Empty,

    /// <summary>Every octet value.</summary>
    Binary,

    /// <summary>A file whose name is beyond ASCII.</summary>
    InternationalName,

    /// <summary>A file whose name fills several lines.</summary>
    LongName,

    /// <summary>A file whose name holds quotes, a semicolon, percent signs and spaces.</summary>
    OddName,

    /// <summary>Three files.</summary>
    Several,

    /// <summary>A text file with LF line ends and letters beyond ASCII.</summary>
    Text,

    /// <summary>A whole message.</summary>
    Message,
}
