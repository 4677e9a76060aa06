using System.Buffers;

namespace MailAdmin.Mime.Attachments;

/// <summary>What an attachment's name and media type may hold (RFC 2045 §5.1, RFC 2183 §2.3).</summary>
internal static class AttachmentRules
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static string CheckFileName(string fileName)
    {
        if (string.IsNullOrWhiteSpace(fileName) || fileName.Any(char.IsControl))
        {
            throw new MessageException(
                "InvalidAttachmentName",
                MailErrorKind.InvalidInput,
                "The name of an attachment is empty or has a line break or another control character.",
                "Give the attachment a name of printable characters.");
        }

        return fileName;
    }

    public static string CheckContentType(string contentType)
    {
        var slash = contentType.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == contentType.Length - 1 || contentType.Length > 127 ||
            contentType.AsSpan(0, slash).ContainsAnyExcept(TokenChars) ||
            contentType.AsSpan(slash + 1).ContainsAnyExcept(TokenChars) ||
            contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            throw new MessageException(
                "InvalidContentType",
                MailErrorKind.InvalidInput,
                "The content type of an attachment is not of the form type/subtype, or it is a multipart type.",
                "Use a media type such as application/pdf, or leave it out to go by the file's extension.");
        }

        return contentType;
    }
}
