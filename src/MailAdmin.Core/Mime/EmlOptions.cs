namespace MailAdmin.Mime;

/// <summary>How an <c>.eml</c> is sent.</summary>
public sealed record EmlOptions
{
    /// <summary>
    /// True to re-encode the parts and fold the headers that cannot go out as they are; false to refuse such a message.
    /// It is only done where it must be, but it breaks signatures.
    /// </summary>
    public bool Reencode { get; init; }
}
