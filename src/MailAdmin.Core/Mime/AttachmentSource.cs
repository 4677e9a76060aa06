using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime;

/// <summary>
/// Content to attach: its name, its media type and where its octets come from. Nothing is read before a message with it
/// is prepared for a server; a file is then streamed, never loaded whole.
/// </summary>
public abstract class AttachmentSource
{
    private protected AttachmentSource(string fileName, string? contentType)
    {
        FileName = AttachmentRules.CheckFileName(fileName);
        ContentType = contentType is null
            ? MediaTypes.ForFileName(fileName)
            : AttachmentRules.CheckContentType(contentType);
    }

    /// <summary>The name that the reader sees.</summary>
    public string FileName { get; }

    /// <summary>The media type, such as <c>application/pdf</c>; by default after the name's extension.</summary>
    public string ContentType { get; }

    /// <summary>A file. It is opened when the message is prepared, and must keep its size until it is sent.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="fileName">The name to show; null is the file's own.</param>
    /// <param name="contentType">The media type; null goes by the extension.</param>
    /// <exception cref="MessageException">The name or the type is not usable.</exception>
    public static AttachmentSource FromFile(string path, string? fileName = null, string? contentType = null) =>
        new FileAttachmentSource(path, fileName ?? Path.GetFileName(path), contentType);

    /// <summary>Octets in memory, which must not change afterwards.</summary>
    /// <param name="content">The octets.</param>
    /// <param name="fileName">The name to show.</param>
    /// <param name="contentType">The media type; null goes by the extension.</param>
    /// <exception cref="MessageException">The name or the type is not usable.</exception>
    public static AttachmentSource FromMemory(
        ReadOnlyMemory<byte> content, string fileName, string? contentType = null) =>
        new MemoryAttachmentSource(content, fileName, contentType);

    /// <summary>A stream that can be opened again and again, each time with the same content.</summary>
    /// <param name="open">Opens it at its beginning; the stream is disposed after reading.</param>
    /// <param name="fileName">The name to show.</param>
    /// <param name="contentType">The media type; null goes by the extension.</param>
    /// <exception cref="MessageException">The name or the type is not usable.</exception>
    public static AttachmentSource FromStream(
        Func<CancellationToken, ValueTask<Stream>> open, string fileName, string? contentType = null) =>
        new StreamAttachmentSource(open, fileName, contentType);

    /// <summary>Makes the content readable and finds its length.</summary>
    /// <exception cref="MessageException">AttachmentNotFound or AttachmentUnreadable.</exception>
    internal abstract ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken);
}
