using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>A message or a part of one: its header fields and what they say about its body.</summary>
internal sealed class MimeEntity
{
    private const int MaxBoundary = 200;

    public MimeEntity(IReadOnlyList<HeaderField> fields)
    {
        Fields = fields;
        var type = fields.FirstOrDefault(f => f.Is("Content-Type"))?.ToContentField();
        ContentType = type is null || type.Value.Length == 0 ? "text/plain" : type.Value;
        TransferEncoding = fields.FirstOrDefault(f => f.Is("Content-Transfer-Encoding"))?.ToContentField().Value ?? "";
        if (ContentType.StartsWith("multipart/", StringComparison.Ordinal) && IsIdentity &&
            type?["boundary"] is { Length: > 0 and <= MaxBoundary } boundary)
        {
            Boundary = boundary;
        }
    }

    public IReadOnlyList<HeaderField> Fields { get; }

    /// <summary>In lower case.</summary>
    public string ContentType { get; }

    /// <summary>In lower case; empty when there is none.</summary>
    public string TransferEncoding { get; }

    /// <summary>What parts its parts; null when it has none.</summary>
    public string? Boundary { get; }

    /// <summary>True when its body is a message with a header of its own.</summary>
    public bool HoldsMessage => ContentType is "message/rfc822" or "message/global" && IsIdentity;

    public bool IsContainer => HoldsMessage || Boundary is not null;

    /// <summary>True when the body's octets are the content itself.</summary>
    public bool IsIdentity => TransferEncoding is "" or "7bit" or "8bit" or "binary";

    public bool IsText => ContentType.StartsWith("text/", StringComparison.Ordinal);
}
