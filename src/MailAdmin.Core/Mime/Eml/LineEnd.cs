namespace MailAdmin.Mime.Eml;

/// <summary>How a line ends.</summary>
internal enum LineEnd
{
    /// <summary>It does not; it is the last one.</summary>
    None,
    CrLf,
    Lf,
    Cr,
}
